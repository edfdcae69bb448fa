import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { languageOf, words } from ".";

const HAN = /\p{Script=Han}/u;
const WIDGET = join(import.meta.dirname, "..");

/** Every text of a language by its path; a function is called with numbered arguments. */
function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") {
    return [[path, String(value(...Array.from({ length: value.length }, (_, index) => `{${index}}`)))]];
  }
  return Object.entries(value as object).flatMap(([name, inner]) => texts(inner, `${path}.${name}`));
}

describe("the chat's words", () => {
  it("are the same things in both languages", () => {
    expect(texts(words("en")).map(([path]) => path)).toEqual(texts(words("zh")).map(([path]) => path));
    expect(texts(words("en")).filter(([, text]) => text.trim() === "" || HAN.test(text))).toEqual([]);
  });

  it("stand nowhere else", () => {
    const files = (readdirSync(WIDGET, { recursive: true }) as string[]).filter(
      (path) => path.endsWith(".ts") && !path.startsWith("words") && !path.endsWith(".test.ts"),
    );
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((path) => HAN.test(readFileSync(join(WIDGET, path), "utf8")))).toEqual([]);
  });

  it("are Chinese for whoever reads it", () => {
    expect(["zh", "zh-Hans-CN", "ZH-tw", "en-GB", ""].map(languageOf)).toEqual(["zh", "zh", "zh", "en", "en"]);
  });
});
