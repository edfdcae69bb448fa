import { expect, test } from "vitest";
import { counted } from "./counted";

test("one thing is not many", () => {
  expect([counted("0", "row"), counted("1", "row"), counted("1,001", "row")]).toEqual(["0 rows", "1 row", "1,001 rows"]);
  expect([counted("1", "policy", "policies"), counted("2", "policy", "policies")]).toEqual(["1 policy", "2 policies"]);
});
