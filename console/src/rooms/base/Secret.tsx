import { CopyOutlined } from "@/shell/icons";
import { App, Button } from "antd";
import styles from "./settings.module.css";
import { useWords } from "@/words";

/** A text that is there to be copied. */
export function Secret({ text }: { text: string }) {
  const words = useWords();
  const { message } = App.useApp();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      void message.success(words.common.copied);
    } catch {
      // Not allowed here; the text is selected by a click and can be copied by hand.
    }
  };
  return (
    <div className={styles["secret"]}>
      <code>{text}</code>
      <Button size="small" icon={<CopyOutlined />} onClick={copy}>
        {words.common.copy}
      </Button>
    </div>
  );
}
