import { describe, expect, it } from "vitest";
import { isPublic, snippetOf, trialOf } from "./snippet";

describe("the snippet", () => {
  it("names the server it is loaded from and the key", () => {
    expect(snippetOf("https://zg.example", "wk.demo.0.ab")).toBe(
      `<script src="https://zg.example/widget.js" data-key="wk.demo.0.ab" async></script>`,
    );
  });

  it("is tried with the key whole", () => {
    expect(trialOf("wk.a&b.0.ab")).toBe("/demo-shop/?key=wk.a%26b.0.ab");
  });

  it("is for shoppers only where pages with https may load it", () => {
    expect(["https://zg.example", "http://zg.example", "http://localhost:8787"].map(isPublic)).toEqual([true, false, false]);
  });
});
