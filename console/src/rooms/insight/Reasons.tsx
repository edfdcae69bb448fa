import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import type { Report } from "./ServiceReport";
import styles from "./ServiceReport.module.css";

/** Why conversations were handed to people, the most frequent first. */
export function Reasons({ reasons }: { reasons: Report["reasons"] }) {
  const words = useWords();
  const format = useFormat();
  const names = words.insight.causes as Record<string, string>;
  const most = Math.max(1, ...reasons.map(({ count }) => count));
  return (
    <section className={`card ${styles["box"]}`} aria-labelledby="reasons">
      <h2 id="reasons">{words.insight.reasons}</h2>
      {reasons.length === 0 ? (
        <p className="muted">{words.insight.noReasons}</p>
      ) : (
        <ul className={styles["reasons"]}>
          {reasons.map(({ cause, count, before }) => (
            <li key={cause}>
              <span>{names[cause] ?? cause}</span>
              <span className={styles["reach"]}>
                <i style={{ width: `${(count / most) * 100}%` }} />
              </span>
              <span className={styles["times"]}>
                {words.insight.times(format.count(count), format.count(before))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
