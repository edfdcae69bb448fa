import { describe, expect, it } from "vitest";
import { contrast, inkOn, parseColor, READABLE, readableOn, type Rgb } from "./ink";
import { paint } from "./theme";

/** Every colour of a coarse grid, black, white and the greys between among them. */
const COLORS: Rgb[] = [0, 51, 102, 119, 153, 204, 255].flatMap((r, _, steps) =>
  steps.flatMap((g) => steps.map((b): Rgb => [r, g, b])),
);

function painted(color: string, isDark: boolean): Record<string, Rgb> {
  const rules = [...paint(color, isDark).matchAll(/--([\w-]+):(#[\da-f]{6})/g)];
  return Object.fromEntries(rules.map(([, name = "", value = ""]) => [name, parseColor(value) as Rgb]));
}

describe("ink", () => {
  it("can be read on any colour", () => {
    expect(Math.min(...COLORS.map((color) => contrast(inkOn(color), color)))).toBeGreaterThanOrEqual(READABLE);
  });

  it("of any colour can be read on any ground", () => {
    const grounds: Rgb[] = [[255, 254, 251], [27, 32, 29], [128, 128, 128]];
    const found = grounds.flatMap((ground) => COLORS.map((color) => contrast(readableOn(ground, color), ground)));
    expect(Math.min(...found)).toBeGreaterThanOrEqual(READABLE);
  });

  it("measures as WCAG does", () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
    expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2);
  });

  it("takes hex colours and nothing else", () => {
    expect(parseColor("#c2410c")).toEqual([194, 65, 12]);
    expect(parseColor("#abc")).toEqual([170, 187, 204]);
    expect(["red", "#12", "#1234567", "url(x)", "#fff;}"].map(parseColor)).toEqual([null, null, null, null, null]);
  });
});

describe("the theme", () => {
  it.each([false, true])("can be read in any shop's colour (dark: %s)", (isDark) => {
    for (const color of COLORS) {
      const hex = `#${color.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
      const tones = painted(hex, isDark);
      const pairs = [
        ["on-accent", "accent"],
        ...["surface", "paper", "accent-soft"].map((ground) => ["accent-text", ground]),
        ...["ink", "ink2", "ink3", "fault"].flatMap((ink) => [[ink, "surface"], [ink, "paper"]]),
        ["alert", "alertSoft"],
      ];
      for (const [ink = "", ground = ""] of pairs) {
        expect(contrast(tones[ink] as Rgb, tones[ground] as Rgb), `${ink} on ${ground} for ${hex}`).toBeGreaterThanOrEqual(READABLE);
      }
    }
  });

  it("does not let a colour write rules of its own", () => {
    expect(paint("red;} * { display: none", false)).toBe(paint(null, false));
  });
});
