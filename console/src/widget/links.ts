import { parsed } from "./address";
/** Which addresses are followed, and where in a text they stand. */

export interface Piece {
  text: string;
  href: string | null;
}

// A Chinese sentence goes on right behind an address, without a space.
const ADDRESS = /https?:\/\/[^\s<>"'`\u3000-\u303f\uff00-\uffef\u2018-\u201d\u2026\p{Script=Han}]+/giu;
const CLOSING: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

/** Cuts a text into what is an http address and what is not; together the pieces are the text. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = webAddress(address);
    if (href === null) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), href: null });
    pieces.push({ text: address, href });
    from = match.index + address.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), href: null });
  return pieces;
}

/** The address without the sentence's own marks behind it; a bracket stays that was opened in it. */
function trimmed(address: string): string {
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1);
    const opening = CLOSING[last];
    const kept = address.slice(0, end);
    if (opening ? count(kept, opening) >= count(kept, last) : !/[.,;:!?*_~]/.test(last)) break;
  }
  return address.slice(0, end);
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1;
}

/** The address if it is one of http or https; null for everything else (javascript:, data:, …). */
export function webAddress(url: string): string | null {
  const address = parsed(url);
  if (address === null) return null;
  const { protocol, href, hostname } = address;
  return (protocol === "https:" || protocol === "http:") && hostname ? href : null;
}

/** The address if it is https; what a card opens is nothing less. */
export function secureAddress(url: string | null): string | null {
  const address = url === null ? null : webAddress(url);
  return address?.startsWith("https:") ? address : null;
}

/** A path of the server as an address; null where it would lead to another one. */
export function within(server: string, path: string): string | null {
  const address = parsed(path, server);
  return address !== null && address.origin === parsed(server)?.origin ? address.href : null;
}
