import { useChange } from "@/api/hooks";
import { useTellProblem } from "./useProblem";
import { SHOWN_BY } from "./useViews";

/** What can be done with views, each giving whether it was; a failure is told in passing, also where what
 * asked for it is no longer on the page. */
export function useViewChanges() {
  const tell = useTellProblem();
  const { mutateAsync: save } = useChange("base.save_view", SHOWN_BY);
  const { mutateAsync: rename } = useChange("base.rename_view", SHOWN_BY);
  const { mutateAsync: share } = useChange("base.share_view", SHOWN_BY);
  const { mutateAsync: remove } = useChange("base.remove_view", SHOWN_BY);
  const { mutateAsync: setDefault } = useChange("base.set_default_view", SHOWN_BY);
  const told =
    <Given,>(change: (given: Given) => Promise<unknown>) =>
    (given: Given): Promise<boolean> =>
      change(given).then(
        () => true,
        (error: Error) => {
          tell(error);
          return false;
        },
      );
  return {
    save: told(save),
    rename: told(rename),
    share: told(share),
    remove: told(remove),
    setDefault: told(setDefault),
  };
}
