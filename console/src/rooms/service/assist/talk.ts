/** A message of a chat as it was copied; `nick` is "" where the text does not tell. */
export interface Copied {
  nick: string;
  text: string;
}

export interface Turn {
  role: "shopper" | "shop";
  text: string;
}

const DATE = String.raw`(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/月]\d{1,2}日?)`;
const CLOCK = String.raw`\d{1,2}:\d{2}(?::\d{2})?`;
/** A moment that no sentence has: with seconds, a date or brackets around it. */
const MOMENT = String.raw`(?:[(（[【]\s*(?:${DATE}\s*)?${CLOCK}\s*[)）\]】]|${DATE}\s+${CLOCK}|\d{1,2}:\d{2}:\d{2})`;
const NICK = String.raw`[^\s，。？！,?!]{1,40}?`;
/** Who, when, and perhaps what: `tb01 2026-06-01 10:00:00`, `tb01(10:00:05): 在吗`. */
const NICK_FIRST = new RegExp(`^(${NICK})\\s*[:：]?\\s*${MOMENT}\\s*[:：]?\\s*(.*)$`);
/** When, who, and perhaps what: `(10:00:05) tb01：在吗`. */
const MOMENT_FIRST = new RegExp(`^${MOMENT}\\s*(${NICK})(?:\\s*[:：]\\s*(.*))?$`);
const IS_DATE = /^\d{4}[-/.年]/;
/** `tb01：在吗`, which is told from a sentence only by the names. */
const NAMED = new RegExp(`^(${NICK})\\s*[:：]\\s*(.+)$`);
/** An account of the shop's own people: `檐下碗铺:小王`. */
const SUB_ACCOUNT = /^[^:：]+[:：][^:：]+$/;

/** The messages of a chat that was copied as text, oldest first. Lines without a head go on with the
 * message before them; what has no head at all is one message of nobody known. */
export function copied(text: string): Copied[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const heads = headsOf(lines);
  const names = new Set(heads.flatMap((head) => (head ? [head.nick] : [])));
  const isNamed = names.size > 0 || talksByName(lines);
  const found: Copied[] = [];
  for (const [place, line] of lines.entries()) {
    const head = heads[place] ?? (isNamed ? namedIn(line, names) : undefined);
    const last = found.at(-1);
    if (head) found.push(head);
    else if (last) last.text = last.text === "" ? line : `${last.text}\n${line}`;
    else if (line) found.push({ nick: "", text: line });
  }
  return found.map(({ nick, text: said }) => ({ nick, text: said.trim() })).filter(({ text: said }) => said !== "");
}

function headsOf(lines: readonly string[]): (Copied | undefined)[] {
  const byMoment = lines.map((line) => messageOf(MOMENT_FIRST.exec(line)));
  // Where such a head stands on a line of its own, what follows a colon in it is of the nick as well.
  const areAlone = byMoment.some((head) => head?.text === "");
  return byMoment.map((head, place) => {
    if (!head) return messageOf(NICK_FIRST.exec(lines[place] ?? ""));
    return areAlone && head.text ? { nick: `${head.nick}:${head.text}`, text: "" } : head;
  });
}

function messageOf(found: RegExpExecArray | null): Copied | undefined {
  const nick = found?.[1] ?? "";
  return found && !IS_DATE.test(nick) ? { nick: nickOf(nick), text: found[2] ?? "" } : undefined;
}

function nickOf(said: string): string {
  return said.replace(/^[【[]|[】\]]$/g, "").replace(/[:：]$/, "");
}

/** All lines begin with a name, and there are two of them at least. */
function talksByName(lines: readonly string[]): boolean {
  const named = lines.filter(Boolean).map((line) => NAMED.exec(line)?.[1]);
  return named.every((nick) => nick !== undefined) && new Set(named).size > 1;
}

function namedIn(line: string, names: ReadonlySet<string>): Copied | undefined {
  const found = NAMED.exec(line);
  const nick = nickOf(found?.[1] ?? "");
  return found && (names.size === 0 || names.has(nick)) ? { nick, text: found[2] ?? "" } : undefined;
}

/** Which of the nicks is the shopper's: who wrote last of those that are not the shop's. */
export function shopperOf(messages: readonly Copied[], shop: string): string {
  const isShops = (nick: string) => nick === shop || SUB_ACCOUNT.test(nick);
  return (messages.findLast(({ nick }) => !isShops(nick)) ?? messages.at(-1))?.nick ?? "";
}

export function turnsOf(messages: readonly Copied[], shopper: string): Turn[] {
  return messages.map(({ nick, text }) => ({ role: nick === shopper ? "shopper" : "shop", text }));
}

/** What was said before with what was copied now: what stands in both is there once. */
export function joined(before: readonly Turn[], now: readonly Turn[]): Turn[] {
  for (let many = Math.min(before.length, now.length); many > 0; many -= 1) {
    const tail = before.slice(-many);
    if (tail.every((turn, place) => isSame(turn, now[place]))) return [...before, ...now.slice(many)];
  }
  return [...before, ...now];
}

function isSame(one: Turn, other: Turn | undefined): boolean {
  return other !== undefined && one.role === other.role && one.text.trim() === other.text.trim();
}

/** The question: all that the shopper wrote since the shop last did, and what came before it. */
export function questionOf(turns: readonly Turn[]): { text: string; before: Turn[] } | undefined {
  const last = turns.findLastIndex(({ role }) => role === "shopper");
  if (last === -1) return undefined;
  const first = turns.slice(0, last).findLastIndex(({ role }) => role === "shop") + 1;
  const asked = turns.slice(first, last + 1);
  return { text: asked.map(({ text }) => text).join("\n"), before: turns.slice(0, first) };
}
