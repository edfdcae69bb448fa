import type { Got } from "@/api/client";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Explained.module.css";

type Answer = Got<"service.ask">;

/** What was replied to the same question before something was corrected. */
export function Before({ answer }: { answer: Answer }) {
  const words = useWords();
  const format = useFormat();
  const sure = answer.explanation?.confidence;
  return (
    <aside className={styles["before"]} aria-label={words.teach.before}>
      <p>
        <b>{words.teach.before}</b>
        {" · "}
        {words.ask.decisions[answer.decision]}
        {sure != null && ` · ${words.teach.sure(format.percent(sure))}`}
      </p>
      <p>{answer.reply || words.ask.silent}</p>
      <p>
        <b>{words.teach.after}</b>
      </p>
    </aside>
  );
}
