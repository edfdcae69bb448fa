import type { Given, Got, Item } from "@/api/client";

export type Found = Got<"ai.find_servers">["items"][number];
export type Sample = Item<"ai.samples">;
export type Role = Sample["choices"][number]["role"];
export type Setup = Given<"ai.try_setup">;

/** What a language model may be asked to do. */
export const CHAT: readonly Role[] = ["fast", "thinking", "vision"];

/** A server that was chosen, and what its models would do for. */
export interface Chosen {
  at: Pick<Setup, "sample" | "address" | "name">;
  roles: readonly Role[];
  models: (role: Role) => string[];
  usual: Picks;
  /** Whether what its models cost is for the person to say. */
  asksPrices: boolean;
}

/** Who plays which role; an empty name is nobody. */
export type Picks = Partial<Record<Role, string>>;
export type Prices = Partial<Record<Role, { read: number | null; written: number | null }>>;

/** What a sample has. */
export function ofSample(sample: Sample): Chosen {
  const roles = [...new Set(sample.choices.map(({ role }) => role))];
  const usual = sample.choices.filter((choice) => choice.is_usual).map(({ role, model }) => [role, model] as const);
  return {
    at: { sample: "dashscope" },
    roles,
    models: (role) => sample.choices.filter((choice) => choice.role === role).map(({ model }) => model),
    usual: Object.fromEntries(usual),
    asksPrices: false,
  };
}

/** What a server has that was found. */
export function ofFound(found: Found): Chosen {
  return {
    at: { address: found.address, name: found.name },
    roles: CHAT,
    models: () => found.models,
    usual: found.suggested,
    asksPrices: !found.is_near,
  };
}

/** What is tried and written. */
export function setupOf(chosen: Chosen, key: string, picks: Picks, prices: Prices, films: boolean): Setup {
  const named = chosen.roles.flatMap((role) => {
    const model = picks[role]?.trim();
    if (!model) return [];
    const price = prices[role];
    return [{ role, model, price_read: price?.read ?? null, price_written: price?.written ?? null }];
  });
  return { ...chosen.at, ...(key.trim() && { key: key.trim() }), picks: named, films };
}
