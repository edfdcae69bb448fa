import type { Got } from "@/api/client";
import { Tag, type Tone } from "@/shell/Tag";
import { Pager } from "@/shell/Pager";
import { Empty } from "@/shell/States";
import { useWords } from "@/words";
import styles from "./Evaluation.module.css";

type Found = Got<"service.get_evaluation">;
type Outcome = Found["items"][number];

const TONES: Record<Outcome["change"], Tone> = {
  worse: "alarm",
  better: "done",
  changed: "waiting",
  new: "moving",
  same: "quiet",
};

/** What became of each case, and before. */
export function Outcomes({ found, size }: { found: Found; size: number }) {
  const words = useWords();
  if (found.items.length === 0) {
    return (
      <div className="card">
        <Empty title={words.evaluation.noneOf} />
      </div>
    );
  }
  return (
    <>
      <ul className={styles["outcomes"]}>
        {found.items.map((outcome) => (
          <li key={outcome.case_id} className="card">
            <Case outcome={outcome} />
          </li>
        ))}
      </ul>
      <Pager page={found.page} total={found.total} size={size} />
    </>
  );
}

function Case({ outcome }: { outcome: Outcome }) {
  const words = useWords();
  const names = words.ask.decisions as Record<string, string>;
  const expected = outcome.expected.map((decision) => names[decision] ?? decision).join(" / ");
  const { before, change } = outcome;
  return (
    <article data-change={change}>
      <header className={styles["between"]}>
        <h3>{outcome.question}</h3>
        <Tag tone={TONES[change]}>{words.evaluation.changes[change]}</Tag>
      </header>
      <p className="muted">{words.evaluation.expectedOf(expected)}</p>
      {before && change !== "same" && <Said label={words.evaluation.before} said={before} />}
      <Said label={before ? words.evaluation.now : ""} said={outcome.now} />
      {outcome.sources.length > 0 && (
        <p className="muted">
          {words.evaluation.sources} <span className="mono">{outcome.sources.join(", ")}</span>
        </p>
      )}
    </article>
  );
}

function Said({ label, said }: { label: string; said: Outcome["now"] }) {
  const words = useWords();
  const names = words.ask.decisions as Record<string, string>;
  return (
    <div className={styles["said"]} data-right={said.is_right}>
      <p>
        {label && <b>{label}</b>} {names[said.decision] ?? said.decision} ·{" "}
        {said.is_right ? words.evaluation.passes : words.evaluation.fails}
      </p>
      <p className={styles["reply"]}>{said.reply || words.evaluation.silent}</p>
    </div>
  );
}
