import {
  keepPreviousData,
  MutationCache,
  QueryCache,
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { usePreferences, type Language } from "@/shell/preferences";
import { useShopId } from "@/shell/useShopId";
import { readAgain } from "./again";
import { change, client, read, unwrap, type ChangeName, type Given, type Got, type ReadName } from "./client";
import { ApiError, isPassing } from "./errors";
import type { components } from "./schema";

export type Session = components["schemas"]["SessionView"];

const SESSION = ["session"];

/** A session that has ended is found out by any call; looking at it again leads to the sign-in. */
function onError(error: Error): void {
  if (error instanceof ApiError && error.code === "unauthenticated") {
    void queryClient.invalidateQueries({ queryKey: SESSION });
  }
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => count < 2 && isPassing(error),
    },
  },
});

/** How a reading tool of a shop is asked, and what its answer is kept under. */
export function reading<Name extends ReadName>(shop: string, language: Language, name: Name, given: Given<Name>) {
  return {
    // The server names kinds and reasons in the reader's language.
    queryKey: ["tool", shop, language, name, given],
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<Got<Name>> => read(shop, name, given, signal),
  };
}

interface ReadOptions<Output> {
  enabled?: boolean;
  /** Milliseconds until the next look, judged by what was seen last; false stops. */
  every?: (seen: Output | undefined) => number | false;
  /** Looks again also while the page is not seen. */
  behind?: boolean;
}

/** Calls a reading tool of the shop in the address. */
export function useRead<Name extends ReadName>(
  name: Name,
  given: Given<Name>,
  options: ReadOptions<Got<Name>> = {},
): UseQueryResult<Got<Name>> {
  const shop = useShopId();
  const { language } = usePreferences();
  const { every } = options;
  return useQuery<Got<Name>>({
    ...reading(shop, language, name, given),
    // One record must never be taken for another; a list may stand while its next page comes.
    ...(/\.(list_|search$)/.test(name) && { placeholderData: keepPreviousData }),
    enabled: options.enabled ?? true,
    refetchInterval: (query) => every?.(query.state.data) ?? false,
    refetchIntervalInBackground: options.behind ?? false,
  });
}

interface ChangeOptions {
  /** All that shows what it writes, where that is little: nothing else is read again. */
  shownBy?: readonly ReadName[];
}

/** Calls a changing tool; afterwards what is shown of the shop is read again. */
export function useChange<Name extends ChangeName>(
  name: Name,
  options: ChangeOptions = {},
): UseMutationResult<Got<Name>, Error, Given<Name>> {
  const shop = useShopId();
  const { language } = usePreferences();
  const queries = useQueryClient();
  const { shownBy } = options;
  return useMutation({
    mutationFn: (given: Given<Name>) => change(shop, name, given),
    onSettled: () => {
      if (!shownBy) return readAgain(queries, ["tool", shop]);
      // What comes of the call does not wait for so little.
      for (const reader of shownBy) void readAgain(queries, ["tool", shop, language, reader]);
      return undefined;
    },
  });
}

declare global {
  interface Window {
    /** Asked by `public/early.js`. */
    zhangguiSession?: Promise<Response | undefined>;
  }
}

async function session(): Promise<Session> {
  const early = await window.zhangguiSession;
  delete window.zhangguiSession;
  if (early?.ok) return (await early.json()) as Session;
  return unwrap(await client.GET("/api/auth/session"));
}

const SESSION_QUERY = { queryKey: SESSION, queryFn: session, staleTime: 60_000 };

export function useSession(): UseQueryResult<Session> {
  return useQuery(SESSION_QUERY);
}

/** Resolves when it is known who is signed in, or after a moment: what is drawn without is drawn twice. */
export async function sessionKnown(): Promise<void> {
  const moment = new Promise((resolve) => setTimeout(resolve, 250));
  await Promise.race([queryClient.prefetchQuery(SESSION_QUERY), moment]);
}

/** Forgets everything read so far: another person may be signed in now. */
export async function sessionChanged(): Promise<void> {
  queryClient.removeQueries({ queryKey: ["tool"] });
  await queryClient.refetchQueries({ queryKey: SESSION });
}

/** What the signed-in person is in the shop in the address; undefined until that is known. */
export function useRole(): Session["shops"][number]["role"] | undefined {
  const shop = useShopId();
  return useSession().data?.shops.find(({ id }) => id === shop)?.role;
}
