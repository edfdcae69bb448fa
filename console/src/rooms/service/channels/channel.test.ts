import { describe, expect, it } from "vitest";
import { ApiError } from "@/api/client";
import { fieldOf, stateOf } from "./channel";

function error(where: string): ApiError {
  return new ApiError(422, "invalid", "no", null, where);
}

describe("a channel", () => {
  const works = { is_on: true, is_complete: true, failure: null };

  it("says what keeps it from working, the first first", () => {
    expect(stateOf(works)).toBe("on");
    expect(stateOf({ ...works, failure: "x" })).toBe("failing");
    expect(stateOf({ ...works, is_complete: false, failure: "x" })).toBe("incomplete");
    expect(stateOf({ is_on: false, is_complete: false, failure: "x" })).toBe("off");
  });

  it("knows the field that an error is about", () => {
    expect(fieldOf(error("robot_url"))).toBe("robot_url");
    expect(fieldOf(error("service.save_channel"))).toBeUndefined();
    expect(fieldOf(new Error("x"))).toBeUndefined();
  });
});
