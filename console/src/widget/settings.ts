import { parsed } from "./address";
import { languageOf, type Language } from "./words";

/** What a page says about the chat, on the script's tag or on an element of its own. */
export interface Settings {
  /** The server's address, with a slash at its end. */
  server: string;
  key: string;
  language: Language;
  color: string | null;
  theme: "light" | "dark" | "system";
  product: string | null;
  order: string | null;
  buyer: Buyer | null;
}

/** Who the page says its visitor is, signed by the shop's own server. */
export interface Buyer {
  nick: string;
  at: number;
  signature: string;
}

export const ATTRIBUTES = [
  "data-key", "data-server", "data-lang", "data-color", "data-theme", "data-product", "data-order",
  "data-buyer", "data-buyer-at", "data-buyer-signature",
] as const;

/** The server a script came from: its own address without the file's name. */
export function serverOf(script: string): string {
  return new URL(".", script).href;
}

/** Reads the attributes of `element`; null while they name no key or no server. */
export function readSettings(element: HTMLElement, server: string | null, page: string): Settings | null {
  const { key, lang, color, theme, product, order, buyer, buyerAt, buyerSignature, ...more } = element.dataset;
  const address = addressOf(more["server"] ?? server);
  if (!key || !address) return null;
  const at = Number(buyerAt);
  return {
    server: address,
    key,
    language: languageOf(lang || page),
    color: color || null,
    theme: theme === "light" || theme === "dark" ? theme : "system",
    product: product || null,
    order: order || null,
    buyer: buyer && buyerSignature && Number.isInteger(at) ? { nick: buyer, at, signature: buyerSignature } : null,
  };
}

function addressOf(server: string | null): string | null {
  const address = server ? parsed(server) : null;
  if (address === null) return null;
  const { protocol, href } = address;
  if (protocol !== "https:" && protocol !== "http:") return null;
  return href.endsWith("/") ? href : `${href}/`;
}
