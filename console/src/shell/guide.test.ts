import { describe, expect, it } from "vitest";
import { progressOf } from "./guide";
import type { Step } from "./room";

const nothing = () => "";

function step(name: string, more: Partial<Step> = {}): Step {
  return { name, order: 1, label: nothing, hint: nothing, screen: () => Promise.reject(new Error(name)), ...more };
}

const STEPS = [
  step("bring", { roles: ["owner"] }),
  step("check"),
  step("unjudged"),
  step("people", { roles: ["owner"], optional: true }),
];

function seen(...done: string[]) {
  return { steps: ["people", "check", "bring"].map((name) => ({ name, is_done: done.includes(name) })) };
}

describe("progressOf", () => {
  it("keeps the console's order and leaves out what is not judged", () => {
    const { steps } = progressOf(STEPS, seen("check"), "owner");
    expect(steps.map(({ step: { name }, done }) => [name, done])).toEqual([
      ["bring", false],
      ["check", true],
      ["people", false],
    ]);
  });

  it("counts what must be done, and only that", () => {
    expect(progressOf(STEPS, seen("check"), "owner")).toMatchObject({ done: 1, all: 2, next: { name: "bring" } });
    expect(progressOf(STEPS, seen("check", "people"), "owner")).toMatchObject({ done: 1, all: 2 });
    expect(progressOf(STEPS, seen("check", "bring"), "owner")).toMatchObject({ done: 2, next: undefined });
  });

  it("asks nobody for what is not for them", () => {
    expect(progressOf(STEPS, seen(), "viewer")).toMatchObject({ done: 0, all: 1, next: { name: "check" } });
    expect(progressOf(STEPS, seen(), undefined).steps).toHaveLength(1);
  });
});
