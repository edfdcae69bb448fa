import { describe, expect, it } from "vitest";
import { correctable } from "./citations";

describe("a citation", () => {
  it("leads to the answer or clause that is corrected", () => {
    expect(correctable("faq:F:1")).toEqual({ kind: "faq", id: "F:1" });
    expect(correctable("policy:returns#12")).toEqual({ kind: "policy", id: "returns", clause: 12 });
    expect(correctable("document:doc_1#3")).toEqual({ kind: "document", id: "doc_1", clause: 3 });
  });

  it("of what lives elsewhere leads nowhere", () => {
    for (const citation of ["order:A1", "sku:P1-1", "policy:returns", "policy:returns#", "", "xpolicy:r#1"]) {
      expect(correctable(citation)).toBeUndefined();
    }
  });
});
