import type { Message } from "./contract";
import type { Unsent } from "./queue";

/** Messages of one author that follow within this are one group; a longer pause gets its time told. */
const GROUP_MS = 5 * 60_000;

export type Entry =
  | { kind: "time"; key: string; at: number }
  | { kind: "message"; key: string; message: Message; isFirst: boolean; unsent: Unsent | null };

/** What stands in the log, from the top: messages by number, then what is not sent yet. */
export function entriesOf(messages: Iterable<Message>, unsent: readonly Unsent[]): Entry[] {
  const said = [...messages].sort((a, b) => a.seq - b.seq);
  const known = new Set(said.map(({ client_id }) => client_id));
  const waiting = unsent.filter(({ client_id }) => !known.has(client_id));
  const all: [Message, Unsent | null][] = [
    ...said.map((message): [Message, null] => [message, null]),
    ...waiting.map((item): [Message, Unsent] => [spoken(item), item]),
  ];
  const entries: Entry[] = [];
  let before: Message | null = null;
  for (const [message, item] of all) {
    const at = Date.parse(message.at);
    // A name of its own for each message whether it was sent or not, so that what stands there stays.
    const key = message.client_id ?? `#${message.seq}`;
    const isApart = before === null || at - Date.parse(before.at) > GROUP_MS;
    if (isApart) entries.push({ kind: "time", key: `time ${key}`, at });
    const isFirst = isApart || before?.author !== message.author || before.name !== message.name;
    entries.push({ kind: "message", key, message, isFirst, unsent: item });
    before = message;
  }
  return entries;
}

function spoken({ client_id, at, text, image }: Unsent): Message {
  return {
    seq: Number.MAX_SAFE_INTEGER,
    client_id,
    author: "shopper",
    name: null,
    text: text ?? "",
    images: image === null ? [] : [{ url: image, width: 0, height: 0 }],
    cards: [],
    at: new Date(at).toISOString(),
  };
}
