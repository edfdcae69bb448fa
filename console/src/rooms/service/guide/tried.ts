import { useMark } from "@/shell/guide";

/** Whether a question was tried, as this browser remembers. */
export function useTried(): boolean {
  return useMark("tried")[0];
}
