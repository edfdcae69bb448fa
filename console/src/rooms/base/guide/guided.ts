import { useAway } from "@/shell/guide";

/** Until it is put away, the guide stands in the navigation. */
export function useGuided(): boolean {
  return !useAway()[0];
}
