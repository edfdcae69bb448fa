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

type Chosen = Given<"service.save_widget">;

/** What the tool takes, of these fields alone: others may have been changed elsewhere meanwhile. */
export function givenOf(values: Values, fields: readonly (keyof Values)[]): Chosen {
  const { is_on, origins, color, greeting, product_url, order_url, silence_minutes } = values;
  const all: Chosen = {
    is_on,
    origins: origins.split(/[\s,，;；、]+/).filter(Boolean),
    color,
    greeting: greeting.trim() || null,
    product_url: product_url.trim() || null,
    order_url: order_url.trim() || null,
    silence_minutes: silence_minutes === "" ? null : Number(silence_minutes),
  };
  // The types ask for what has a default as well.
  return Object.fromEntries(fields.map((field) => [field, all[field]])) as unknown as Chosen;
}

export const FIELDS = [
  "is_on",
  "origins",
  "color",
  "greeting",
  "product_url",
  "order_url",
  "silence_minutes",
] as const satisfies readonly (keyof Values)[];

/** Which of the fields an error is about; undefined for one that is about none. */
export function fieldOf<Field extends string>(error: unknown, fields: readonly Field[]): Field | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const path = error.where?.split(".") ?? [];
  return fields.find((field) => path.includes(field));
}
