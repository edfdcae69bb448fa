import {
  keepPreviousData,
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { useShopId } from "@/shell/useShopId";
import { change, client, read, unwrap, type ChangeName, type Given, type Got, type ReadName } from "./client";
import { isPassing } from "./errors";
import type { components } from "./schema";

export type Session = components["schemas"]["SessionView"];

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => count < 2 && isPassing(error),
    },
  },
});

interface ReadOptions<Output> {
  enabled?: boolean;
  /** Milliseconds until the next look, judged by what was seen last; false stops. */
  every?: (seen: Output | undefined) => number | false;
}

/** Calls a reading tool of the shop in the address, and keeps the last page while the next loads. */
export function useRead<Name extends ReadName>(
  name: Name,
  given: Given<Name>,
  options: ReadOptions<Got<Name>> = {},
): UseQueryResult<Got<Name>> {
  const shop = useShopId();
  const { every } = options;
  return useQuery<Got<Name>>({
    queryKey: ["tool", shop, name, given],
    queryFn: ({ signal }) => read(shop, name, given, signal),
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
    refetchInterval: (query) => every?.(query.state.data) ?? false,
  });
}

/** Calls a changing tool; afterwards everything shown of the shop is read again. */
export function useChange<Name extends ChangeName>(
  name: Name,
): UseMutationResult<Got<Name>, Error, Given<Name>> {
  const shop = useShopId();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (given: Given<Name>) => change(shop, name, given),
    onSettled: () => queries.invalidateQueries({ queryKey: ["tool", shop] }),
  });
}

const SESSION = ["session"];

export function useSession(): UseQueryResult<Session> {
  return useQuery({
    queryKey: SESSION,
    queryFn: async () => unwrap(await client.GET("/api/auth/session")),
    staleTime: 60_000,
  });
}

/** Forgets everything read so far: another person may be signed in now. */
export async function sessionChanged(): Promise<void> {
  queryClient.removeQueries({ queryKey: ["tool"] });
  await queryClient.refetchQueries({ queryKey: SESSION });
}
