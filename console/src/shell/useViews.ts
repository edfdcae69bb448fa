import { useEffect } from "react";
import { useChange, useRead, useSession } from "@/api/hooks";
import { useTellProblem } from "./useProblem";
import { useShopId } from "./useShopId";
import { forgetLeft, leftIn, toTakeOver, type View } from "./views";

/** The tool whose answer a change of a view changes. */
export const SHOWN_BY = { shownBy: ["base.list_views"] } as const;

export interface Known {
  /** Undefined until they are known. */
  views: View[] | undefined;
  /** Why they are not. */
  error: Error | null;
  retry: () => unknown;
}

/** The views of a list. */
export function useViews(list: string): Known {
  const { data, isPlaceholderData, error, refetch } = useRead("base.list_views", { list_name: list });
  const views = isPlaceholderData ? undefined : data?.items;
  useTakeOver(list, views);
  return { views, error, retry: refetch };
}

/** Places whose views are on their way to the server, or could not be taken over. */
const tried = new Set<string>();

/** Gives the server, once, what an earlier console kept in this browser. */
function useTakeOver(list: string, views: View[] | undefined): void {
  const shop = useShopId();
  const user = useSession().data?.user?.id;
  const tell = useTellProblem();
  const { mutateAsync: save } = useChange("base.save_view", SHOWN_BY);
  useEffect(() => {
    const place = `${user}.${shop}.${list}`;
    if (!user || !views || tried.has(place)) return;
    const left = leftIn(place);
    if (left.length === 0) return;
    tried.add(place);
    const takeOver = async () => {
      // One after the other, so that they stand in the order they were made in.
      for (const { name, shows } of toTakeOver(left, views)) {
        // oxlint-disable-next-line no-await-in-loop
        await save({ list_name: list, name, shows });
      }
      forgetLeft(place);
    };
    takeOver().catch(tell);
  }, [list, save, shop, tell, user, views]);
}
