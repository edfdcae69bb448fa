import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { readAgain } from "./again";

test("a first reading that left before the change is not what is shown", async () => {
  const queries = new QueryClient();
  const answers: ((seen: string) => void)[] = [];
  const observer = new QueryObserver(queries, {
    queryKey: ["tool", "shop", "list"],
    queryFn: () => new Promise<string>((answer) => answers.push(answer)),
    retry: false,
  });
  const stop = observer.subscribe(() => {});
  const again = readAgain(queries, ["tool", "shop"]);
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[0]?.("before");
  answers[1]?.("after");
  await again;
  expect(observer.getCurrentResult().data).toBe("after");
  stop();
});
