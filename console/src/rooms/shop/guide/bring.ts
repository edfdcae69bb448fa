import { useRead } from "@/api/hooks";

/** Whether anything of a shop has come in. */
export function useBrought(): boolean | undefined {
  const { data, isFetching } = useRead("shop.overview", {});
  const brought = data && data.orders + data.products > 0;
  // What was read before an import may be old.
  return brought || !isFetching ? brought : undefined;
}
