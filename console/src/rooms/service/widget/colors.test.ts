import { describe, expect, it } from "vitest";
import { inkOn, SWATCHES, USUAL } from "./colors";

describe("what is written on a colour", () => {
  it("is white on each of the swatches", () => {
    expect(SWATCHES.map(({ color }) => inkOn(color ?? USUAL))).toEqual(SWATCHES.map(() => "#ffffff"));
  });

  it("is black where white could not be read", () => {
    expect(["#ffffff", "#ffd400", "#f97316"].map(inkOn)).toEqual(["#000000", "#000000", "#000000"]);
  });
});
