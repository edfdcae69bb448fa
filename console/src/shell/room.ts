import type { ComponentType, ReactNode } from "react";
import type { Session } from "@/api/hooks";
import type { Words } from "@/words";

export type Role = Session["shops"][number]["role"];

/** A screen is read when first opened, with what it alone needs. */
export type Screen = () => Promise<{ Component: ComponentType }>;

/** A part of a screen that the search over everything leads to. */
export interface Part {
  /** What the address says after the place, as in `?tab=keys`. */
  to: string;
  label: (words: Words) => string;
}

/** A screen that the navigation leads to. */
export interface Place {
  /** Its address within the shop. */
  path: string;
  /** The part of the navigation it stands in, and where in it. */
  group: string;
  order: number;
  icon: ReactNode;
  label: (words: Words) => string;
  screen: Screen;
  /** Screens within it, by their address after the shop's. */
  within?: Record<string, Screen>;
  parts?: Part[];
  /** It is among what a thumb reaches on a phone; the rest is behind "more". */
  onPhone?: boolean;
  /** A hook: whether the navigation shows it; always when left out. */
  useShown?: () => boolean;
  /** A hook: how many things wait there; the navigation says so where there are any. */
  useCount?: () => number;
}

/** A part of the navigation, or a tab of the settings. */
export interface Group {
  name: string;
  order: number;
  label: (words: Words) => string;
}

/** A section of a tab of the settings. */
export interface Setting {
  tab: string;
  order: number;
  screen: Screen;
  /** Who may see it; everybody when left out. */
  roles?: Role[];
}

/** A step of the guide that a new shop begins with. */
export interface Step {
  /** As the server judges it by (`base/guide.py`). */
  name: string;
  order: number;
  label: (words: Words) => string;
  hint: (words: Words) => string;
  screen: Screen;
  /** A shop may well do without. */
  optional?: boolean;
  /** Who may do it; everybody when left out. */
  roles?: Role[];
}

/** What a room brings to the console; its words lie beside it in `words/`. */
export interface Room {
  groups?: Group[];
  places?: Place[];
  tabs?: Group[];
  settings?: Setting[];
  guide?: Step[];
}
