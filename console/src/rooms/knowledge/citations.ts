/** A record as it is cited, where a person can correct it: `faq:F1`, `policy:returns#2`. */
export type Correctable =
  | { kind: "faq"; id: string }
  | { kind: "policy" | "document"; id: string; clause: number };

const CLAUSE = /^(policy|document):(.+)#(\d+)$/;

/** What a citation leads to; undefined for what is corrected where it comes from (orders, goods). */
export function correctable(citation: string): Correctable | undefined {
  if (citation.startsWith("faq:")) return { kind: "faq", id: citation.slice("faq:".length) };
  const found = CLAUSE.exec(citation);
  if (!found) return undefined;
  const [, kind, id, clause] = found as unknown as [string, "policy" | "document", string, string];
  return { kind, id, clause: Number(clause) };
}
