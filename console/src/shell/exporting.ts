export const FILES = ["xlsx", "csv", "gbk"] as const;
export type FileKind = (typeof FILES)[number];

/** Where a list's file is to be had, and what it is called once it is saved. */
export function fileOf(
  shop: string,
  table: string,
  kind: FileKind,
  given: Record<string, string | boolean | undefined>,
  now: Date,
): { address: string; name: string } {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && value !== "") asked.set(name, String(value));
  }
  const form = kind === "xlsx" ? "xlsx" : "csv";
  asked.set("format", form);
  if (kind === "gbk") asked.set("encoding", "gbk");
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(now);
  return {
    address: `/api/shops/${encodeURIComponent(shop)}/exports/${table}?${asked}`,
    name: `${table}-${day}.${form}`,
  };
}
