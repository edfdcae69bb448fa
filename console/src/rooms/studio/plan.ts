import type { Given } from "@/api/client";

export type Plan = NonNullable<Given<"studio.start_batch">["plan"]>;
export type Kind = NonNullable<Plan["kinds"]>[number];

export const KINDS: readonly Kind[] = ["scene", "poster", "grid", "video", "white", "detail", "copy"];

/** What the wizard asks for. */
export interface Wanted {
  kinds: Kind[];
  styles: string[];
  scenes: number;
  perStyle: number;
  posters: number;
  large: boolean;
  name: string;
  seed: number;
  waits: boolean;
}

export const START: Wanted = {
  kinds: [...KINDS],
  styles: [],
  scenes: 8,
  perStyle: 1,
  posters: 4,
  large: false,
  name: "",
  seed: 0,
  waits: false,
};

/** The plan that the server takes; what it leaves out stays as the server has it. */
export function planOf(wanted: Wanted, brand: object | undefined): Plan {
  return {
    kinds: wanted.kinds,
    styles: wanted.styles,
    scenes: wanted.scenes,
    per_style: wanted.perStyle,
    posters: wanted.posters,
    seed: wanted.seed,
    ...(wanted.large && { video_size: [1080, 1920] }),
    ...(brand && Object.keys(brand).length > 0 && { brand }),
  } as Plan;
}
