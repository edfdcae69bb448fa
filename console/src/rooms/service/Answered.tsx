import type { Got } from "@/api/client";
import { Facts } from "@/shell/Facts";
import { useFormat } from "@/words/format";
import { useWords, type Words } from "@/words";
import styles from "./Answered.module.css";
import { Sources } from "./Sources";

type Answer = Got<"service.ask">;

/** A reply, what was decided, how sure, why, and what it rests on. */
export function Answered({ answer }: { answer: Answer }) {
  const words = useWords();
  const format = useFormat();
  return (
    <article className={styles["answered"]} data-decision={answer.decision}>
      <p className={styles["reply"]}>{answer.reply || words.ask.silent}</p>
      <div className={styles["verdict"]}>
        <span className={styles["decision"]} title={words.ask.decisionHints[answer.decision]}>
          {words.ask.decisions[answer.decision]}
        </span>
        <span className={styles["sure"]}>
          {words.ask.confidence}
          <meter min={0} max={1} value={answer.confidence} aria-label={words.ask.confidence} />
          {format.percent(answer.confidence)}
        </span>
        <span className="muted">{words.ask.ms(format.count(Math.round(answer.ms)))}</span>
      </div>
      {answer.worded_by !== "embedded" && <p className="muted">{wordedBy(answer.worded_by, words)}</p>}
      {!answer.is_whole && <p className="muted">{words.ask.stillReading}</p>}
      {answer.reason && (
        <p className={styles["reason"]}>
          <b>{words.ask.reason}</b> {answer.reason}
        </p>
      )}
      {answer.request && <Wish wish={answer.request} filed={answer.work_item_id != null} />}
      {answer.sources.length === 0 ? (
        <p className="muted">{words.ask.noSources}</p>
      ) : (
        <Sources sources={answer.sources} open />
      )}
    </article>
  );
}

/** Whose words the reply is in: `model`, or `refused: figure` with why the embedded ones were sent. */
function wordedBy(by: string, words: Words): string {
  if (by === "model") return words.ask.wordedByModel;
  const why = by.replace("refused: ", "");
  return words.ask.wordingRefused((words.ask.refusals as Record<string, string>)[why] ?? why);
}

/** What the shopper wants done, and what has to be asked for still. */
function Wish({ wish, filed }: { wish: NonNullable<Answer["request"]>; filed: boolean }) {
  const words = useWords();
  const named = { ...words.work.fields, ...words.work.missing } as Record<string, string>;
  const missing = wish.missing.map((field) => named[field] ?? field).join(", ");
  return (
    <Facts
      facts={[
        [words.ask.wish, words.work.kinds[wish.kind]],
        [words.work.order, wish.order_id],
        [words.work.todo, Object.values(wish.filled).join(" · ")],
        [words.ask.missing, missing],
        [words.ask.outcome, filed ? words.ask.filed : words.ask.outcomes[wish.outcome]],
      ]}
    />
  );
}
