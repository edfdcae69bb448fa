import { Link } from "react-router";
import type { Item } from "@/api/client";
import { useRead } from "@/api/hooks";
import { Tag, type Tone } from "@/shell/Tag";
import { Await, Empty } from "@/shell/States";
import { Table } from "@/shell/Table";
import { useNarrow } from "@/shell/useMedia";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Evaluation.module.css";

type Run = Item<"service.list_evaluations">;

const TONES: Record<Run["state"], Tone> = {
  queued: "moving",
  running: "moving",
  done: "done",
  failed: "alarm",
};

export function RunState({ state }: { state: Run["state"] }) {
  const words = useWords();
  return <Tag tone={TONES[state]}>{words.evaluation.states[state]}</Tag>;
}

/** The server is at work on it. */
export function isMoving(state: Run["state"]): boolean {
  return state === "queued" || state === "running";
}

/** What was found each time, the newest first. */
export function Evaluations() {
  const words = useWords();
  const query = useRead(
    "service.list_evaluations",
    {},
    { every: (seen) => (seen?.items.some(({ state }) => isMoving(state)) ? 3000 : false) },
  );
  return (
    <section aria-labelledby="evaluations">
      <h2 id="evaluations">{words.evaluation.runs}</h2>
      <div className={`card ${styles["list"]}`}>
        <Await query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={words.evaluation.runsEmpty} hint={words.evaluation.runsEmptyHint} />
            ) : (
              <Rows items={items} />
            )
          }
        </Await>
      </div>
    </section>
  );
}

function Rows({ items }: { items: Run[] }) {
  const words = useWords();
  const format = useFormat();
  const right = (run: Run) => words.evaluation.rightOf(format.count(run.right), format.count(run.total));
  if (useNarrow()) {
    return (
      <ul className={styles["rows"]}>
        {items.map((run) => (
          <li key={run.id}>
            <Link to={run.id}>{format.time(run.made_at)}</Link> <RunState state={run.state} />
            <p className="muted">
              {words.evaluation.right} {right(run)} · {words.evaluation.wrong} {format.count(run.wrong)}
            </p>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <Table<Run>
      rows={items}
      rowKey={(run) => run.id}
      columns={[
        {
          key: "when",
          title: words.evaluation.when,
          cell: (run) => <Link to={run.id}>{format.time(run.made_at)}</Link>,
        },
        { key: "right", title: words.evaluation.right, figure: true, width: 140, cell: (run) => right(run) },
        {
          key: "wrong",
          title: words.evaluation.wrong,
          figure: true,
          width: 130,
          cell: (run) => format.count(run.wrong),
        },
        {
          key: "ceiling",
          title: words.evaluation.ceiling,
          figure: true,
          width: 130,
          cell: (run) => format.percent(run.ceiling),
        },
        { key: "state", title: words.evaluation.state, width: 130, cell: (run) => <RunState state={run.state} /> },
      ]}
    />
  );
}
