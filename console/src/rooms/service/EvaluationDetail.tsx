import { Progress, Segmented, Select } from "antd";
import { Link, useParams } from "react-router";
import type { Got } from "@/api/client";
import { useRead } from "@/api/hooks";
import { Page } from "@/shell/Page";
import { Await } from "@/shell/States";
import { useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords, type Words } from "@/words";
import styles from "./Evaluation.module.css";
import { isMoving, RunState } from "./Evaluations";
import { Outcomes } from "./Outcomes";

type Found = Got<"service.get_evaluation">;
type Change = keyof Words["evaluation"]["changes"];

const LOOK_AGAIN_MS = 1000;
const PAGE = 30;

/** One evaluation beside an earlier one, case by case. */
export function Component() {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const id = useParams()["evaluationId"] ?? "";
  const against = address.get("against");
  const change = address.get("change");
  const query = useRead(
    "service.get_evaluation",
    {
      id,
      page: address.page,
      size: PAGE,
      ...(against && { against }),
      ...(change in words.evaluation.changes && { change: change as Change }),
    },
    { every: (seen) => (seen && isMoving(seen.evaluation.state) ? LOOK_AGAIN_MS : false) },
  );
  const run = query.data?.evaluation;
  return (
    <Page
      title={words.evaluation.detail}
      lead={
        run && (
          <>
            <Link to="../evaluation">{words.evaluation.runs}</Link> · {format.time(run.made_at)}{" "}
            <RunState state={run.state} />
          </>
        )
      }
    >
      <Await query={query} rows={8}>
        {(found) => (isMoving(found.evaluation.state) ? <Running found={found} /> : <Report found={found} />)}
      </Await>
    </Page>
  );
}

function Running({ found }: { found: Found }) {
  const words = useWords();
  const format = useFormat();
  const { done, total } = found.evaluation;
  const left = found.seconds_left;
  return (
    <section className={`card ${styles["running"]}`}>
      <Progress
        percent={total ? Math.floor((done / total) * 100) : 0}
        status="active"
        size={["100%", 12]}
        aria-label={words.evaluation.progress}
      />
      <p>
        {words.evaluation.played(format.count(done), format.count(total))}
        {left != null && ` · ${words.evaluation.left(format.duration(left))}`}
      </p>
      <p className="muted">{words.evaluation.leaveFine}</p>
    </section>
  );
}

function Report({ found }: { found: Found }) {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const { evaluation: run, against, changes } = found;
  const names = words.evaluation.changes;
  const options = (Object.keys(names) as Change[])
    .filter((name) => changes[name])
    .map((name) => ({ value: name as string, label: `${names[name]} ${format.count(changes[name])}` }));
  const figures: [string, string, string | null][] = [
    [
      words.evaluation.right,
      words.evaluation.rightOf(format.count(run.right), format.count(run.done)),
      against && words.evaluation.rightOf(format.count(against.right), format.count(against.done)),
    ],
    [words.evaluation.wrong, format.count(run.wrong), against && format.count(against.wrong)],
    [words.evaluation.ceiling, format.percent(run.ceiling), against && format.percent(against.ceiling)],
  ];
  return (
    <>
      {found.error && (
        <p className={styles["failed"]} role="alert">
          {words.evaluation.failed} · {found.error}
        </p>
      )}
      <dl className={styles["figures"]}>
        {figures.map(([name, value, before]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              {before && (
                <small className="muted">
                  {words.evaluation.before} {before}
                </small>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <div className={styles["tools"]}>
        <Segmented<string>
          aria-label={words.evaluation.filter}
          value={options.some(({ value }) => value === address.get("change")) ? address.get("change") : ""}
          onChange={(value) => address.set({ change: value })}
          options={[{ value: "", label: words.evaluation.all }, ...options]}
        />
        <Against run={run.id} against={against?.id ?? null} />
      </div>
      <Outcomes found={found} size={PAGE} />
    </>
  );
}

/** Which earlier evaluation to compare with. */
function Against({ run, against }: { run: string; against: string | null }) {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const list = useRead("service.list_evaluations", {});
  const others = (list.data?.items ?? []).filter(({ id, state }) => id !== run && state === "done");
  if (others.length === 0) return <p className="muted">{words.evaluation.noAgainst}</p>;
  return (
    <Select
      aria-label={words.evaluation.against}
      style={{ width: 320, maxWidth: "100%" }}
      placeholder={words.evaluation.against}
      value={against}
      options={others.map(({ id, made_at: at }) => ({
        value: id,
        label: words.evaluation.againstOf(format.time(at)),
      }))}
      onChange={(id) => address.set({ against: id })}
    />
  );
}
