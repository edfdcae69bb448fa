import { CheckOutlined, EyeOutlined } from "@/shell/icons";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import type { Widget } from "./useWidget";
import styles from "./widget.module.css";

/** Whether a page of the shop's has carried the chat, or what it still takes. */
export function Seen({ found }: { found: Widget }) {
  const words = useWords();
  const format = useFormat();
  const { seen_at: at, seen_on: on, is_on: isOn, origins } = found;
  const waits = !isOn ? words.widget.isOff : origins.length === 0 ? words.widget.nowhere : words.widget.unseenHint;
  return (
    <output className={`${styles["seen"]} ${at ? styles["was"] : ""}`}>
      {at ? <CheckOutlined /> : <EyeOutlined />}
      <span>
        <b>{at ? words.widget.seen : words.widget.unseen}</b>{" "}
        <span className="muted">{at ? words.widget.seenAt(format.time(at), on ?? words.common.none) : waits}</span>
      </span>
    </output>
  );
}
