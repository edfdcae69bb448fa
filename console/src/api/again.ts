import type { QueryClient, QueryKey } from "@tanstack/react-query";

/**
 * Reads everything under a key again. `invalidateQueries` alone joins a first reading that is still
 * on its way, and that may have left the server before the change.
 */
export async function readAgain(queries: QueryClient, queryKey: QueryKey): Promise<void> {
  await queries.cancelQueries({ queryKey, predicate: ({ state }) => state.data === undefined });
  await queries.invalidateQueries({ queryKey });
}
