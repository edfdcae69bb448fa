/** Colours that can be read on one another, as WCAG 2 measures it. */

export type Rgb = readonly [number, number, number];

/** The least contrast of text, 1.4.3. */
export const READABLE = 4.5;

/** Reads `#rgb` and `#rrggbb`; null for anything else. */
export function parseColor(text: string): Rgb | null {
  const hex = /^#?([\da-f]{3}|[\da-f]{6})$/i.exec(text.trim())?.[1];
  if (!hex) return null;
  const full = hex.length === 3 ? [...hex].map((each) => each + each).join("") : hex;
  const at = (from: number) => Number.parseInt(full.slice(from, from + 2), 16);
  return [at(0), at(2), at(4)];
}

export function hexOf(color: Rgb): string {
  return `#${color.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

function luminance(color: Rgb): number {
  const [r, g, b] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];

/** White or black, whichever can be read on this colour; on every colour one of the two can. */
export function inkOn(ground: Rgb): Rgb {
  return contrast(WHITE, ground) >= READABLE ? WHITE : BLACK;
}

/** The colour, moved away from the ground only as far as it takes to be read on it. */
export function readableOn(ground: Rgb, color: Rgb): Rgb {
  const goal = contrast(WHITE, ground) > contrast(BLACK, ground) ? WHITE : BLACK;
  for (let step = 0; step < 20; step += 1) {
    const tried = mix(color, goal, step / 20);
    if (contrast(tried, ground) >= READABLE) return tried;
  }
  return goal;
}

export function mix(one: Rgb, other: Rgb, share: number): Rgb {
  const at = (index: 0 | 1 | 2) => Math.round(one[index] + (other[index] - one[index]) * share);
  return [at(0), at(1), at(2)];
}
