import { useSearchParams } from "react-router";

/** Rows that a list asks for at a time. */
export const PAGE_SIZE = 50;

interface Address {
  get: (name: string) => string;
  page: number;
  /** Changes parts of the address; a changed filter goes back to the first page. */
  set: (change: Record<string, string | null>, keep?: { page: boolean }) => void;
}

/** The part of the address after `?`: what a list shows, so that it can be linked and gone back to. */
export function useAddress(): Address {
  const [search, setSearch] = useSearchParams();
  return {
    get: (name) => search.get(name) ?? "",
    page: Math.max(1, Number.parseInt(search.get("page") ?? "1", 10) || 1),
    set: (change, keep) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          if (!keep?.page) after.delete("page");
          for (const [name, value] of Object.entries(change)) {
            if (value) after.set(name, value);
            else after.delete(name);
          }
          return after;
        },
        { replace: true, preventScrollReset: true },
      ),
  };
}
