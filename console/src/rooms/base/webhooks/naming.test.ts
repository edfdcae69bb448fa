import { describe, expect, it } from "vitest";
import { words } from "@/words";
import { eventName, nameOf, roomOf } from "./naming";

describe("names", () => {
  it("call a webhook as its owner does, else by where it goes", () => {
    expect(nameOf({ description: "ERP", url: "https://a.example/x" })).toBe("ERP");
    expect(nameOf({ description: "", url: "https://a.example:8443/x" })).toBe("a.example:8443");
    expect(nameOf({ description: "", url: "not one" })).toBe("not one");
  });

  it("find an event's words in those of its room", () => {
    expect(roomOf("shop.import_finished")).toBe("shop");
    expect(eventName(words("en"), "shop.import_finished")).toMatch(/import/);
    expect(eventName(words("zh"), "shop.import_finished")).toMatch(/导入/);
    expect(eventName(words("en"), "elsewhere.happened")).toBeUndefined();
  });
});
