import { describe, expect, it } from "vitest";
import { greyToAlpha, resized, SIZES } from "./brush";

describe("the brush", () => {
  it("keeps a mask's grey as opacity", () => {
    const data = new Uint8ClampedArray([0, 0, 0, 255, 255, 255, 255, 255, 90, 90, 90, 255]);
    greyToAlpha(data);
    expect([...data]).toEqual([255, 255, 255, 0, 255, 255, 255, 255, 255, 255, 255, 90]);
  });

  it("grows and shrinks within bounds, always by something", () => {
    expect(resized(2, true)).toBe(3);
    expect(resized(24, true)).toBe(30);
    expect(resized(24, false)).toBe(19);
    expect(resized(SIZES.least, false)).toBe(SIZES.least);
    expect(resized(SIZES.most, true)).toBe(SIZES.most);
  });
});
