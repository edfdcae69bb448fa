import { describe, expect, it } from "vitest";
import { ApiError } from "@/api/errors";
import type { Widget } from "./useWidget";
import { fieldOf, FIELDS, givenOf, valuesOf } from "./values";

const NOTHING: Widget = {
  is_on: true, key: "wk.demo.0.ab", origins: [], color: null, greeting: null, product_url: null, order_url: null,
  silence_minutes: null, seen_at: null, seen_on: null, updated_at: null, updated_by: null,
};

function refused(where: string | null): ApiError {
  return new ApiError(422, "invalid", "no", null, where);
}

describe("what is chosen for the chat", () => {
  it("is sent as it was read", () => {
    const chosen = {
      is_on: false, origins: ["https://a.example"], color: "#c2410c", greeting: "您好",
      product_url: "https://a.example/{id}", order_url: "https://a.example/o/{id}", silence_minutes: 5,
    };
    expect(givenOf(valuesOf({ ...NOTHING, ...chosen }), FIELDS)).toEqual(chosen);
  });

  it("takes addresses however they are set apart", () => {
    const written = { ...valuesOf(NOTHING), origins: " https://a.example\n\nhttps://b.example，c.example " };
    expect(givenOf(written, FIELDS).origins).toEqual(["https://a.example", "https://b.example", "c.example"]);
  });

  it("is null where nothing is written", () => {
    const blank = { ...valuesOf(NOTHING), greeting: "  " };
    expect(givenOf(blank, FIELDS)).toMatchObject({ color: null, greeting: null, product_url: null, silence_minutes: null });
  });

  it("leaves out what nobody touched", () => {
    const written = { ...valuesOf(NOTHING), greeting: "您好" };
    expect(givenOf(written, ["greeting"])).toEqual({ greeting: "您好" });
  });

  it("is refused at the field the server names", () => {
    expect(fieldOf(refused("origins"), FIELDS)).toBe("origins");
    expect(fieldOf(refused("body.origins.0"), FIELDS)).toBe("origins");
    expect(fieldOf(refused("origin"), ["origin"])).toBe("origin");
    expect(fieldOf(refused("key"), FIELDS)).toBeUndefined();
    expect(fieldOf(refused(null), FIELDS)).toBeUndefined();
    expect(fieldOf(new Error("no"), FIELDS)).toBeUndefined();
  });
});
