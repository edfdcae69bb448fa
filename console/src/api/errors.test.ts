import { describe, expect, it } from "vitest";
import { describe as tell } from "@/shell/useProblem";
import { learn, words } from "@/words";
import { unwrap } from "./client";
import { ApiError, isPassing, readError, unreachable, WaitsForApproval } from "./errors";

await learn("en");

const answer = (status: number, body: unknown) => ({
  response: new Response(null, { status }),
  ...(status < 400 ? { data: body } : { error: body }),
});

describe("answers", () => {
  it("are handed on when they are good", () => {
    expect(unwrap(answer(200, { total: 3 }))).toEqual({ total: 3 });
  });

  it("become the server's own error", () => {
    const body = { code: "not_found", message: "No such order: 1", hint: "Check the id.", where: "1" };
    expect(() => unwrap(answer(404, body))).toThrowError(
      expect.objectContaining({ status: 404, code: "not_found", message: "No such order: 1", where: "1" }),
    );
    expect(tell(readError(404, body), words("en"))).toEqual({ title: "No such order: 1", hint: "Check the id." });
  });

  it("that make no sense say so with their status", () => {
    for (const body of [undefined, "<html>502</html>", { detail: "?" }]) {
      const error = readError(502, body);
      expect(error.code).toBe("unreadable");
      expect(tell(error, words("en")).title).toContain("502");
    }
  });

  it("that wait for a person are neither done nor failed", () => {
    expect(() => unwrap(answer(202, { approval: { id: "apr_1" } }))).toThrow(WaitsForApproval);
    expect(tell(new WaitsForApproval("apr_1"), words("en")).title).toBe(words("en").common.waits);
  });
});

describe("trying again", () => {
  it("is for what may pass by itself", () => {
    expect(isPassing(unreachable())).toBe(true);
    expect(isPassing(new ApiError(503, "unavailable", ""))).toBe(true);
    expect(isPassing(new ApiError(422, "invalid", ""))).toBe(false);
    expect(isPassing(new Error("a defect"))).toBe(false);
  });
});
