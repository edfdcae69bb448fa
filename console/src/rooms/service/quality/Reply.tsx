import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { Sources } from "../Sources";
import type { Review } from "./Judged";
import styles from "./Quality.module.css";

/** What was asked, what the program replied, and what that rests on. */
export function Reply({ item, open = false }: { item: Review; open?: boolean }) {
  const words = useWords();
  const format = useFormat();
  const decisions = words.ask.decisions as Record<string, string>;
  return (
    <div className={styles["reply"]}>
      <p className={styles["about"]}>
        <span className="muted">{words.quality.of(format.day(item.day))}</span>
        <span className={styles["decision"]}>{decisions[item.decision] ?? item.decision}</span>
        <span className="muted">
          {words.ask.confidence} {format.percent(item.confidence)}
        </span>
      </p>
      {item.turns.length > 0 && (
        <details>
          <summary>{words.quality.before}</summary>
          <ol className={styles["turns"]}>
            {item.turns.map((turn, place) => (
              // oxlint-disable-next-line react/no-array-index-key -- what was said does not change
              <li key={place}>
                <small className="muted">
                  {turn.author === "shopper" ? words.quality.shopper : words.quality.shop}
                </small>{" "}
                {turn.text}
              </li>
            ))}
          </ol>
        </details>
      )}
      <dl>
        <dt>{words.quality.question}</dt>
        <dd className={styles["question"]}>{item.question || words.common.none}</dd>
        <dt>{words.quality.reply}</dt>
        <dd className={styles["said"]}>{item.reply}</dd>
      </dl>
      {item.sources.length > 0 && <Sources sources={item.sources} open={open} />}
    </div>
  );
}
