import { describe, expect, it } from "vitest";
import { comparison } from "./comparison";

describe("a figure beside what is usual", () => {
  it("is more or less by a share of what is usual", () => {
    expect(comparison(120, 100, "amount")).toEqual({ way: "more", by: 0.2 });
    expect(comparison(0, 4, "amount")).toEqual({ way: "less", by: 1 });
    expect(comparison(1001, 1000, "amount")).toEqual({ way: "same", by: 0 });
  });

  it("is higher or lower by points where it is a share", () => {
    expect(comparison(0.81, 0.75, "share")).toEqual({ way: "higher", by: 6 });
    expect(comparison(0, 0.5, "share")).toEqual({ way: "lower", by: 50 });
    expect(comparison(0.752, 0.75, "share")).toEqual({ way: "same", by: 0 });
  });

  it("is not compared with nothing", () => {
    expect(comparison(null, 3, "amount")).toBeNull();
    expect(comparison(3, null, "share")).toBeNull();
    expect(comparison(3, 0, "amount")).toBeNull();
    expect(comparison(0, 0, "amount")).toEqual({ way: "same", by: 0 });
  });
});
