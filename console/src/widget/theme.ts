import { contrast, hexOf, inkOn, mix, parseColor, readableOn, type Rgb } from "./ink";

/** The cinnabar of the console's seal, for a shop that named no colour. */
export const SEAL: Rgb = [0xb2, 0x3b, 0x2a];

// The console's paper and ink (`shell/theme.css`), so that both sides of a conversation look alike.
const LIGHT = {
  paper: "#f6f4ee", surface: "#fffefb", ink: "#23271f", ink2: "#565c52", ink3: "#62675d", rule: "#e3ded2",
  edge: "#cfc8b8", fault: "#a8321f", faultSoft: "#f8e8e3", alert: "#7a4d0c", alertSoft: "#f7edd8",
  shadow: "0 2px 6px rgb(40 36 24 / 8%), 0 12px 40px rgb(40 36 24 / 16%)",
};
const DARK: typeof LIGHT = {
  paper: "#141815", surface: "#1b201d", ink: "#e9e6dc", ink2: "#b4b8ae", ink3: "#969b91", rule: "#2d332f",
  edge: "#444b46", fault: "#f0937f", faultSoft: "#3a221d", alert: "#e6c07c", alertSoft: "#362b17",
  shadow: "0 2px 6px rgb(0 0 0 / 40%), 0 12px 40px rgb(0 0 0 / 50%)",
};

/** The custom properties that `style.css` is written in, as one rule. */
export function paint(color: string | null, isDark: boolean): string {
  const tones = isDark ? DARK : LIGHT;
  const accent = (color === null ? null : parseColor(color)) ?? SEAL;
  const [surface, paper] = [parseColor(tones.surface) as Rgb, parseColor(tones.paper) as Rgb];
  // The darker ground of the light theme and the lighter one of the dark: readable on it is readable on both.
  const soft = mix(surface, accent, isDark ? 0.22 : 0.1);
  const text = readableOn(soft, readableOn(isDark ? surface : paper, accent));
  const all: Record<string, string> = {
    ...tones,
    accent: hexOf(accent),
    "on-accent": hexOf(inkOn(accent)),
    "accent-text": hexOf(text),
    "accent-soft": hexOf(soft),
    "accent-edge": hexOf(mix(surface, text, 0.35)),
    // A colour like the ground it lies on is told from it by its rim.
    "accent-rim": contrast(accent, paper) < 1.5 ? tones.edge : hexOf(accent),
  };
  const rules = Object.entries(all).map(([name, value]) => `--${name}:${value}`);
  return `:host{${rules.join(";")};color-scheme:${isDark ? "dark" : "light"}}`;
}
