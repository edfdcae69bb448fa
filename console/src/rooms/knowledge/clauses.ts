/** Clauses while they are being written; what each does gives a new list. */

export interface Clause {
  key: number;
  heading: string;
  text: string;
}

/** The day by which the version that has always applied is asked for. */
export const ALWAYS = "2000-01-01";

const END = /[。；;！!？?\n]/;

export function keyed(clauses: readonly { heading?: string; text: string }[]): Clause[] {
  return clauses.map(({ heading = "", text }, key) => ({ key, heading, text }));
}

/** Those that say something, without the space around them. */
export function written(clauses: readonly Clause[]): Clause[] {
  return clauses
    .map((each) => ({ ...each, text: each.text.trim(), heading: each.heading.trim() }))
    .filter(({ text }) => text !== "");
}

export function changed(clauses: readonly Clause[], key: number, change: Partial<Clause>): Clause[] {
  return clauses.map((each) => (each.key === key ? { ...each, ...change } : each));
}

export function removed(clauses: readonly Clause[], key: number): Clause[] {
  return clauses.filter((each) => each.key !== key);
}

/** One place up (-1) or down (1); at the end of the list nothing moves. */
export function moved(clauses: readonly Clause[], key: number, by: -1 | 1): Clause[] {
  const at = clauses.findIndex((each) => each.key === key);
  const other = clauses[at + by];
  const one = clauses[at];
  if (!one || !other) return [...clauses];
  return clauses.map((each) => (each === one ? other : each === other ? one : each));
}

/** An empty clause after another (null: at the end), under the same headings; its key comes with it. */
export function added(clauses: readonly Clause[], after: number | null): [Clause[], number] {
  const found = clauses.findIndex((each) => each.key === after);
  const at = found < 0 ? clauses.length : found + 1;
  const key = nextKey(clauses);
  const made = { key, heading: clauses[at - 1]?.heading ?? "", text: "" };
  return [[...clauses.slice(0, at), made, ...clauses.slice(at)], key];
}

/** In two at the caret; with nothing before or after that, after the first sentence. */
export function split(clauses: readonly Clause[], key: number, caret: number): Clause[] {
  return clauses.flatMap((each) => {
    if (each.key !== key) return [each];
    const halves = halved(each.text, caret) ?? halved(each.text, each.text.search(END) + 1);
    if (!halves) return [each];
    return [
      { ...each, text: halves[0] },
      { ...each, text: halves[1], key: nextKey(clauses) },
    ];
  });
}

function halved(text: string, at: number): [string, string] | null {
  const [first, second] = [text.slice(0, at).trim(), text.slice(at).trim()];
  return first && second ? [first, second] : null;
}

function nextKey(clauses: readonly Clause[]): number {
  return Math.max(-1, ...clauses.map(({ key }) => key)) + 1;
}
