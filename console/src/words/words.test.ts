import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { learn, words } from "./index";

const HAN = /\p{Script=Han}/u;
await Promise.all([learn("zh"), learn("en")]);
const [zh, en] = [words("zh"), words("en")];
const SRC = join(import.meta.dirname, "..");

/** Every text of a language by its path; a function is called with numbered arguments. */
function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") {
    const given = Array.from({ length: value.length }, (_, index) => `{${index}}`);
    return [[path, String(value(...given))]];
  }
  return Object.entries(value as object).flatMap(([name, inner]) => texts(inner, `${path}.${name}`));
}

function used(text: string): string {
  return [...text.matchAll(/\{\d\}/g)].map(String).sort().join();
}

describe("words", () => {
  it("says the same things in both languages, with nothing left empty", () => {
    const chinese = texts(zh);
    const english = texts(en);
    expect(english.map(([path]) => path)).toEqual(chinese.map(([path]) => path));
    expect([...chinese, ...english].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it("uses every argument in both languages", () => {
    const english = new Map(texts(en));
    const differing = texts(zh).filter(([path, text]) => used(english.get(path) ?? "") !== used(text));
    expect(differing).toEqual([]);
  });

  it("translates: English has Chinese only in names and examples", () => {
    const kept = /^\.(languages\.zh|productLatin|ask\.(placeholder|examples\.\d)|trying\.(price|topics\.\w+|complaint))$/;
    const left = texts(en).filter(([path, text]) => HAN.test(text) && !kept.test(path));
    expect(left).toEqual([]);
  });
});

describe("components", () => {
  const files = (readdirSync(SRC, { recursive: true }) as string[]).filter((path) => path.endsWith(".tsx"));

  it("have no words of their own", () => {
    expect(files.length).toBeGreaterThan(20);
    const offending = files.flatMap((path) => {
      const source = readFileSync(join(SRC, path), "utf8");
      const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
      return ownWords(file).map((text) => `${path}: ${text}`);
    });
    expect(offending).toEqual([]);
  });

  it("would be caught with words of their own", () => {
    const source = `const x = <p title="Hello there">登录</p>; const y = <b>Sign in</b>;`;
    const file = ts.createSourceFile("x.tsx", source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
    expect(ownWords(file)).toEqual(["Hello there", "登录", "Sign in"]);
  });
});

const SHOWN = new Set(["title", "label", "placeholder", "alt", "aria-label", "description", "okText", "hint", "lead"]);

/** Texts that a reader would see: between tags, in attributes that are shown, and any Chinese. */
function ownWords(file: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) found.push(node.text.trim());
    else if (ts.isStringLiteralLike(node)) {
      const attribute = ts.isJsxAttribute(node.parent) ? node.parent.name.getText(file) : "";
      if (HAN.test(node.text) || (SHOWN.has(attribute) && /\p{L}/u.test(node.text))) found.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
