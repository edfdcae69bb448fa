import { hexOf, inkOn as widgetInk, parseColor } from "@/widget/ink";
import { SEAL } from "@/widget/theme";

/** The widget's own colour, where a shop chose none. */
export const USUAL = hexOf(SEAL);

/** Colours that suit a shop; null is the usual one. */
export const SWATCHES = [
  { name: "cinnabar", color: null },
  { name: "orange", color: "#c2410c" },
  { name: "pine", color: "#1e5b4e" },
  { name: "blue", color: "#1d4ed8" },
  { name: "plum", color: "#86198f" },
  { name: "ink", color: "#27272a" },
] as const;

/** White or black, whichever can be read on `#rrggbb`, as the widget writes on it. */
export function inkOn(color: string): string {
  return hexOf(widgetInk(parseColor(color) ?? SEAL));
}
