import createClient from "openapi-fetch";
import { preferences } from "@/shell/preferences";
import { ApiError, readError, unreachable, WaitsForApproval } from "./errors";
import type { paths } from "./schema";

type Tools = "/api/shops/{shop_id}/tools/";
type ToolNames<Method extends "get" | "post"> = {
  [P in keyof paths]: P extends `${Tools}${infer Name}`
    ? paths[P] extends Record<Method, { responses: unknown }>
      ? Name
      : never
    : never;
}[keyof paths];

/** Tools that change nothing, called by GET. */
export type ReadName = ToolNames<"get">;
/** All other tools, called by POST. */
export type ChangeName = ToolNames<"post">;

type Operation<Name extends ReadName | ChangeName> = paths[`${Tools}${Name}`] extends {
  get: infer Get extends { responses: unknown };
}
  ? Get
  : paths[`${Tools}${Name}`] extends { post: infer Post extends { responses: unknown } }
    ? Post
    : never;

type Json<T> = T extends { content: { "application/json": infer Body } } ? Body : never;

/** What a tool takes. */
export type Given<Name extends ReadName | ChangeName> =
  Operation<Name> extends { requestBody: infer Body }
    ? Json<Body>
    : Operation<Name> extends { parameters: { query?: infer Query } }
      ? [NonNullable<Query>] extends [never]
        ? Record<string, never>
        : NonNullable<Query>
      : Record<string, never>;

/** What a tool gives. */
export type Got<Name extends ReadName | ChangeName> =
  Operation<Name> extends { responses: { 200: infer Ok } } ? Json<Ok> : never;

/** One row of a tool that lists. */
export type Item<Name extends ReadName> = Got<Name> extends { items: (infer Row)[] } ? Row : never;

/** Says which language is read, and (on a change) that this console asks, which no foreign page can. */
export function headers(changes: boolean): Record<string, string> {
  return { "Accept-Language": preferences().language, ...(changes && { "X-Zhanggui": "1" }) };
}

export const client = createClient<paths>({ baseUrl: globalThis.location?.origin ?? "" });

client.use({
  onRequest({ request }) {
    for (const [name, value] of Object.entries(headers(request.method !== "GET"))) {
      request.headers.set(name, value);
    }
  },
  onError: () => unreachable(),
});

interface Result {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** The body of an answer, or one of the errors of `errors.ts` thrown. */
export function unwrap<R extends Result>(result: R): NonNullable<R["data"]> {
  const { response } = result;
  if (!response.ok) throw readError(response.status, result.error);
  if (response.status === 202) {
    const waiting = result.data as { approval?: { id: string } } | undefined;
    if (waiting?.approval) throw new WaitsForApproval(waiting.approval.id);
  }
  return (result.data ?? {}) as NonNullable<R["data"]>;
}

type Loose = (path: string, init: object) => Promise<Result>;

export async function read<Name extends ReadName>(
  shop: string,
  name: Name,
  given: Given<Name>,
  signal?: AbortSignal,
): Promise<Got<Name>> {
  const get = client.GET as unknown as Loose;
  const result = await get(`/api/shops/{shop_id}/tools/${name}`, {
    params: { path: { shop_id: shop }, query: given },
    signal,
  });
  return unwrap(result) as Got<Name>;
}

export async function change<Name extends ChangeName>(
  shop: string,
  name: Name,
  given: Given<Name>,
): Promise<Got<Name>> {
  const post = client.POST as unknown as Loose;
  const result = await post(`/api/shops/{shop_id}/tools/${name}`, {
    params: { path: { shop_id: shop } },
    body: given,
    headers: { "Idempotency-Key": crypto.randomUUID() },
  });
  return unwrap(result) as Got<Name>;
}

export { ApiError };
