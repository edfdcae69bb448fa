import type { Mode } from "./drafts";

/** What somebody is looking for while they write: a phrase after "/", a colleague after "@". */
export interface Wanted {
  what: "phrase" | "person";
  q: string;
  /** Where in the text it begins. */
  from: number;
}

/** A phrase's name is short; a longer text that begins with a slash is just that. */
const LONGEST = 30;

/** What is looked for by the text before the caret. */
export function wanted(mode: Mode, before: string): Wanted | undefined {
  if (mode === "reply") {
    const isName = before.startsWith("/") && before.length <= LONGEST && !before.includes("\n");
    return isName ? { what: "phrase", q: before.slice(1).trim(), from: 0 } : undefined;
  }
  const found = /@([^\s@]*)$/.exec(before);
  return found ? { what: "person", q: found[1] ?? "", from: found.index } : undefined;
}

/** Of some people those that a note names. */
export function named<Person extends { name: string }>(people: readonly Person[], note: string): Person[] {
  return people.filter(({ name }) => name !== "" && note.includes(`@${name}`));
}

/** The text once something was chosen for what is looked for, and where the caret stands then: what is
 * behind the caret stays. */
export function taken(
  text: string,
  caret: number,
  { what, from }: Pick<Wanted, "what" | "from">,
  chosen: { title: string; text: string },
): { text: string; caret: number } {
  const before = text.slice(0, from) + (what === "phrase" ? chosen.text : `@${chosen.title} `);
  return { text: before + text.slice(caret), caret: before.length };
}
