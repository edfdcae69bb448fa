import { useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { readAgain } from "@/api/again";
import type { Got } from "@/api/client";
import { useRead } from "@/api/hooks";
import { isMoving } from "./ImportState";

const LOOK_AGAIN_MS = 700;

/** An import, looked at again and again while the server is at work on it. */
export function useImport(id: string): UseQueryResult<Got<"shop.get_import">> {
  const queries = useQueryClient();
  const query = useRead(
    "shop.get_import",
    { import_id: id },
    { every: (seen) => (seen && isMoving(seen.state) ? LOOK_AGAIN_MS : false) },
  );
  const { data } = query;
  const moves = data !== undefined && isMoving(data.state);
  useEffect(() => {
    // When it is over, what was read of the shop before is old, even its name.
    if (moves) return () => void readAgain(queries, []);
  }, [moves, queries]);
  const state = data?.state;
  const seen = useRef(state);
  useEffect(() => {
    const before = seen.current;
    seen.current = state;
    // A small one may be over before it was ever seen to move.
    if (before && state && before !== state && !isMoving(before) && !isMoving(state)) {
      void readAgain(queries, []);
    }
  }, [state, queries]);
  return query;
}
