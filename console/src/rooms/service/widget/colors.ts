/** The widget's own colour, where a shop chose none. */
export const USUAL = "#b23b2a";

/** Colours that suit a shop; null is the usual one. */
export const SWATCHES = [
  { name: "cinnabar", color: null },
  { name: "orange", color: "#c2410c" },
  { name: "pine", color: "#1e5b4e" },
  { name: "blue", color: "#1d4ed8" },
  { name: "plum", color: "#86198f" },
  { name: "ink", color: "#27272a" },
] as const;

const READABLE = 4.5;

/** White or black, whichever can be read on `#rrggbb` (WCAG 2, 1.4.3). */
export function inkOn(color: string): "#ffffff" | "#000000" {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return 1.05 / (luminance + 0.05) >= READABLE ? "#ffffff" : "#000000";
}
