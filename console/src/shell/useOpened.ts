import type { Rows } from "@/api/rows";
import { useAddress } from "./useAddress";

interface Opened<Row> {
  /** The record that is open, once its row has come. */
  opened: Row | undefined;
  open: (id: string) => void;
  close: () => void;
}

/** Which record of a list is open beside it: the address names it by `name`. */
export function useOpened<Row extends { id: string }>(name: string, rows: Rows<Row>): Opened<Row> {
  const address = useAddress();
  const put = (id: string | null) => address.set({ [name]: id }, { page: true });
  const id = address.get(name);
  return { opened: rows.near.find((row) => row.id === id), open: put, close: () => put(null) };
}
