import { App, Button } from "antd";
import { useWords } from "@/words";

/** Seconds in which something can be taken back. */
const LASTS = 10;

/** Tells that something was done, with a button that takes it back. */
export function useUndo(): (title: string, undo: () => void) => void {
  const words = useWords();
  const { notification } = App.useApp();
  return (title, undo) => {
    const key = crypto.randomUUID();
    notification.success({
      key,
      title,
      duration: LASTS,
      placement: "bottomRight",
      actions: (
        <Button
          size="small"
          onClick={() => {
            notification.destroy(key);
            undo();
          }}
        >
          {words.common.undo}
        </Button>
      ),
    });
  };
}
