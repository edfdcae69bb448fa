import type { Item } from "@/api/client";
import { Tag, type Tone } from "@/shell/Tag";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Quality.module.css";
import { Reply } from "./Reply";

export type Review = Item<"service.list_reviews">;
export type Verdict = NonNullable<Review["verdict"]>;

export const TONES: Record<Verdict, Tone> = { right: "done", wrong: "alarm", better: "waiting" };

/** A reply with what a person said of it. */
export function Judged({ item }: { item: Review }) {
  const words = useWords();
  const format = useFormat();
  return (
    <li className={`card ${styles["card"]}`}>
      <p className={styles["told"]}>
        {item.verdict && <Tag tone={TONES[item.verdict]}>{words.quality.verdicts[item.verdict]}</Tag>}
        {item.reason && <span>{item.reason}</span>}
        <small className="muted">{words.quality.by(item.reviewed_by ?? "", format.time(item.reviewed_at))}</small>
      </p>
      <Reply item={item} />
    </li>
  );
}
