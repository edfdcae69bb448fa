import type { paths as Generated } from "./schema";

type Body<T> = { content: { "application/json": T } };
type Page<T> = { items: T[]; total: number; page: number; size: number };
type Paged = { page?: number; size?: number; q?: string };
type Tool<Method extends "get" | "post", Operation> = Record<Method, Operation>;
type Read<Query, Output> = Tool<
  "get",
  { parameters: { path: { shop_id: string }; query?: Query }; responses: { 200: Body<Output> } }
>;
type Change<Input, Output> = Tool<
  "post",
  {
    parameters: { path: { shop_id: string } };
    requestBody: Body<Input>;
    responses: { 200: Body<Output> };
  }
>;

/** Tools that are agreed but not yet in the generated schema. */
interface Pending {
  "/api/shops/{shop_id}/tools/knowledge.list_faqs": Read<
    Paged,
    Page<{ id: string; question: string; similar: string[]; answer: string }>
  >;
  "/api/shops/{shop_id}/tools/knowledge.list_policies": Read<
    Paged,
    Page<{
      id: string;
      title: string;
      effective: string | null;
      clauses: { number: number; text: string }[];
    }>
  >;
  "/api/shops/{shop_id}/tools/knowledge.list_proposals": Read<
    Paged & { status?: string },
    Page<{ id: string; question: string; answer: string; similar: string[]; seen: number }>
  >;
  "/api/shops/{shop_id}/tools/knowledge.decide_proposals": Change<
    { ids: string[]; accept: boolean },
    unknown
  >;
  "/api/shops/{shop_id}/tools/knowledge.adopt_starter_policies": Change<
    Record<string, never>,
    unknown
  >;
  "/api/shops/{shop_id}/tools/service.ask": Change<
    {
      text: string;
      buyer?: string | null;
      order_id?: string | null;
      product_id?: string | null;
      turns?: { role: "shopper" | "shop"; text: string }[];
    },
    {
      decision: "answer" | "clarify" | "handoff" | "decline";
      reply: string;
      confidence: number;
      sources: { id: string; text: string }[];
      reason: string;
      ms: number;
    }
  >;
  "/api/shops": {
    post: {
      requestBody: Body<{ id?: string; name: string }>;
      responses: { 200: Body<{ id: string; name: string }> };
    };
  };
}

export type paths = Generated & Omit<Pending, keyof Generated>;
