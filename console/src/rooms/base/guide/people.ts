import { useSession } from "@/api/hooks";

/** Whether one can come back without a link: there is a password. */
export function usePrepared(): boolean | undefined {
  const { data } = useSession();
  return data && !data.setup_needed;
}
