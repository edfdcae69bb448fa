import { CopyOutlined } from "@/shell/icons";
import { Button } from "antd";
import styles from "./settings.module.css";
import { useCopy } from "./useCopy";
import { useWords } from "@/words";

/** A text that is there to be copied. */
export function Secret({ text }: { text: string }) {
  const words = useWords();
  const copy = useCopy();
  return (
    <div className={styles["secret"]}>
      <code>{text}</code>
      <Button size="small" icon={<CopyOutlined />} onClick={() => copy(text)}>
        {words.common.copy}
      </Button>
    </div>
  );
}
