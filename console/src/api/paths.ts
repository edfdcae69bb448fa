import type { paths as Generated } from "./schema";

type Body<T> = { content: { "application/json": T } };
type Tool<Method extends "get" | "post", Operation> = Record<Method, Operation>;
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
}

export type paths = Generated & Omit<Pending, keyof Generated>;
