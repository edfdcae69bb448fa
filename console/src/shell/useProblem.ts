import { App } from "antd";
import { ApiError, WaitsForApproval } from "@/api/errors";
import { useWords, type Words } from "@/words";

export interface Problem {
  title: string;
  hint: string | null;
}

/** What to tell a person about an error: the server's own words where it had any. */
export function describe(error: unknown, words: Words): Problem {
  if (error instanceof WaitsForApproval) return { title: words.common.waits, hint: null };
  if (error instanceof ApiError) {
    if (error.code === "unreachable") {
      return { title: words.errors.unreachable, hint: words.errors.unreachableHint };
    }
    if (error.code === "unreadable") {
      return {
        title: `${words.errors.unreadable} (${words.errors.status(error.status)})`,
        hint: words.errors.unreadableHint,
      };
    }
    return { title: error.message, hint: error.hint };
  }
  return { title: words.errors.page, hint: words.errors.pageHint };
}

/** Tells of a failed action in passing; a call that waits for approval is no failure. */
export function useTellProblem(): (error: unknown) => void {
  const words = useWords();
  const { notification } = App.useApp();
  return (error) => {
    const { title, hint } = describe(error, words);
    const tell = error instanceof WaitsForApproval ? notification.info : notification.error;
    tell({ title, description: hint ?? undefined, placement: "topRight" });
  };
}
