import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { clock, dueAt } from "./due";
import styles from "./Conversations.module.css";
import { useNow } from "./now";

/** How long there is to answer, or since when there ought to have been one. */
export function Clock({ at }: { at: string }) {
  const words = useWords();
  const format = useFormat();
  const { tone, seconds } = dueAt(at, useNow());
  const time = clock(seconds);
  return (
    <span className={styles["clock"]} data-tone={tone} title={words.desk.dueBy(format.time(at))}>
      {tone === "late" ? words.desk.late(time) : words.desk.left(time)}
    </span>
  );
}
