import type { Given } from "@/api/client";
import { ApiError } from "@/api/errors";
import type { Widget } from "./useWidget";

/** What the form holds: texts where the server has null for none. */
export interface Values {
  is_on: boolean;
  /** One a line. */
  origins: string;
  color: string | null;
  greeting: string;
  product_url: string;
  order_url: string;
  silence_minutes: string;
}

export function valuesOf(found: Widget): Values {
  const { is_on, origins, color, greeting, product_url, order_url, silence_minutes } = found;
  return {
    is_on,
    origins: origins.join("\n"),
    color,
    greeting: greeting ?? "",
    product_url: product_url ?? "",
    order_url: order_url ?? "",
    silence_minutes: silence_minutes === null ? "" : String(silence_minutes),
  };
}

export function givenOf(values: Values): Given<"service.save_widget"> {
  const { is_on, origins, color, greeting, product_url, order_url, silence_minutes } = values;
  return {
    is_on,
    origins: origins.split(/[\s,，;；、]+/).filter(Boolean),
    color,
    greeting: greeting.trim() || null,
    product_url: product_url.trim() || null,
    order_url: order_url.trim() || null,
    silence_minutes: silence_minutes === "" ? null : Number(silence_minutes),
  };
}

const FIELDS = ["origins", "color", "greeting", "product_url", "order_url", "silence_minutes"] as const;

/** The field that an error is about; undefined for one that is about none. */
export function fieldOf(error: unknown): (typeof FIELDS)[number] | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const path = error.where?.split(".") ?? [];
  return FIELDS.find((field) => path.includes(field));
}
