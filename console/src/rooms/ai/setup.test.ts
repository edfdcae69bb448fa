import { describe, expect, it } from "vitest";
import { ofFound, ofSample, setupOf, type Found, type Sample } from "./setup";

const SAMPLE: Sample = {
  name: "dashscope",
  text: "",
  address: "https://models.example.com/v1",
  key_env: "A_KEY",
  choices: [
    { role: "fast", model: "quick", is_usual: true, price_read: 1, price_written: 2 },
    { role: "fast", model: "slow", is_usual: false, price_read: 1, price_written: 2 },
    { role: "draw", model: "brush", is_usual: true, price_read: 0, price_written: 0 },
  ],
};
const FOUND: Found = {
  name: "mine",
  title: "mine",
  address: "https://far.example.com/v1",
  is_near: false,
  models: ["a", "b"],
  suggested: { fast: "a" },
};

describe("a server that was chosen", () => {
  it("of a sample has its roles, and who usually plays them", () => {
    const chosen = ofSample(SAMPLE);
    expect(chosen.roles).toEqual(["fast", "draw"]);
    expect(chosen.models("fast")).toEqual(["quick", "slow"]);
    expect(chosen.usual).toEqual({ fast: "quick", draw: "brush" });
    expect(chosen.asksPrices).toBe(false);
  });

  it("asks for prices where it is another's", () => {
    expect(ofFound(FOUND).asksPrices).toBe(true);
    expect(ofFound({ ...FOUND, is_near: true }).asksPrices).toBe(false);
  });
});

describe("what is tried", () => {
  it("has who plays something, with prices and the key where there is one", () => {
    const picks = { fast: " a ", thinking: "", draw: "left over" };
    expect(setupOf(ofFound(FOUND), " sk ", picks, { fast: { read: 1, written: null } }, false)).toEqual({
      address: FOUND.address,
      name: "mine",
      key: "sk",
      picks: [{ role: "fast", model: "a", price_read: 1, price_written: null }],
      films: false,
    });
    expect(setupOf(ofSample(SAMPLE), " ", {}, {}, true)).toEqual({ sample: "dashscope", picks: [], films: true });
  });
});
