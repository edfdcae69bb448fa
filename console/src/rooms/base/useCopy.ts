import { App } from "antd";
import { useWords } from "@/words";

/** Puts a text into the clipboard, and says so. */
export function useCopy(): (text: string) => Promise<void> {
  const words = useWords();
  const { message } = App.useApp();
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      void message.success(words.common.copied);
    } catch {
      // Not allowed here; the text is selected by a click and can be copied by hand.
    }
  };
}
