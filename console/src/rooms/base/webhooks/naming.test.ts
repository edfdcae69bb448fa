import { describe, expect, it } from "vitest";
import { nameOf, roomOf } from "./naming";

describe("names", () => {
  it("call a webhook as its owner does, else by where it goes", () => {
    expect(nameOf({ description: "ERP", url: "https://a.example/x" })).toBe("ERP");
    expect(nameOf({ description: "", url: "https://a.example:8443/x" })).toBe("a.example:8443");
    expect(nameOf({ description: "", url: "not one" })).toBe("not one");
  });

  it("tell whose event it is", () => {
    const kind = { fields: [], when: "" };
    expect(roomOf({ type: "shop.import_finished", ...kind })).toBe("shop");
    expect(roomOf({ type: "elsewhere.happened", ...kind })).toBe("other");
  });
});
