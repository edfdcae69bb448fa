import { linkify } from "../links";
import type { Words } from "../words";
import { h, unseen } from "./dom";

/** A text as it was written, with its web addresses as links. */
export function textOf(text: string, words: Words): (Node | string)[] {
  return linkify(text).map((piece) => (piece.href === null ? piece.text : link(piece.href, [piece.text], words)));
}

/** A link out of the page, which tells neither side of the other. */
export function link(href: string, children: (Node | string)[], words: Words, className = "link") {
  const attributes = { class: className, href, target: "_blank", rel: "noopener noreferrer nofollow" };
  return h("a", attributes, [...children, unseen(words.opensNewTab)]);
}
