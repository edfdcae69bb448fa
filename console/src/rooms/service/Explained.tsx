import type { Got } from "@/api/client";
import { Facts } from "@/shell/Facts";
import { useNarrow } from "@/shell/useMedia";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Explained.module.css";
import { Teach, WriteAnswer } from "./Teach";

type Explanation = NonNullable<Got<"service.ask">["explanation"]>;
type Weighed = Explanation["proposals"][number];

interface ExplainedProps {
  explanation: Explanation;
  /** Something was corrected: the question is to be asked again. */
  onTaught: () => void;
}

/** What was weighed for a question, the likeliest first, and what leads from a bad answer to a better one. */
export function Explained({ explanation, onTaught }: ExplainedProps) {
  const words = useWords();
  const format = useFormat();
  const narrow = useNarrow();
  const { proposals, read_as: read } = explanation;
  return (
    <details className={styles["explained"]} open={!narrow}>
      <summary>{words.teach.title(format.count(proposals.length + explanation.left_out))}</summary>
      <p className={styles["why"]}>{explanation.why}</p>
      {explanation.confidence != null && (
        <Sure confidence={explanation.confidence} threshold={explanation.threshold} />
      )}
      <Facts
        facts={[
          [words.teach.readAs, read.text],
          [words.teach.earlier, read.earlier],
          [words.teach.amounts, read.amounts.join(words.teach.and)],
          [words.teach.days, read.days.map((day) => format.day(day)).join(words.teach.and)],
        ]}
      />
      {proposals.length > 0 && (
        <ol className={styles["weighed"]} aria-label={words.teach.weighed}>
          {proposals.map((each) => (
            <li key={`${each.kind} ${each.sources.map(({ id }) => id).join()} ${each.reply}`} data-best={each.is_best || undefined}>
              <Proposal weighed={each} />
              <Teach weighed={each} question={read.text} onTaught={onTaught} />
            </li>
          ))}
        </ol>
      )}
      {explanation.left_out > 0 && (
        <p className="muted">{words.teach.leftOut(format.count(explanation.left_out))}</p>
      )}
      <WriteAnswer question={read.text} onTaught={onTaught} />
    </details>
  );
}

/** How sure the whole reply is, with the line from which the shop answers by itself. */
function Sure({ confidence, threshold }: { confidence: number; threshold: number }) {
  const words = useWords();
  const format = useFormat();
  return (
    <div className={styles["sure"]}>
      <span>{words.teach.sure(format.percent(confidence))}</span>
      <div className={styles["scale"]}>
        <Bar share={confidence} label={words.teach.sure(format.percent(confidence))} />
        <i className={styles["line"]} style={{ insetInlineStart: `${threshold * 100}%` }} />
      </div>
      <span className="muted">{words.teach.line(format.percent(threshold))}</span>
    </div>
  );
}

function Proposal({ weighed }: { weighed: Weighed }) {
  const words = useWords();
  const format = useFormat();
  const likely = words.teach.likely(format.percent(weighed.likelihood));
  return (
    <>
      <p className={styles["head"]}>
        <b>{weighed.name}</b>
        <Bar share={weighed.likelihood} label={likely} />
        <span>{likely}</span>
        {weighed.is_best && <span className={styles["best"]}>{words.teach.best}</span>}
      </p>
      <p className={styles["reply"]}>{weighed.reply}</p>
      {weighed.computed && <p className="muted">{words.teach.computed(weighed.computed)}</p>}
      <p className="mono muted">{weighed.sources.map(({ id }) => id).join("  ")}</p>
    </>
  );
}

function Bar({ share, label }: { share: number; label: string }) {
  return <meter className={styles["bar"]} min={0} max={1} value={share} aria-label={label} />;
}
