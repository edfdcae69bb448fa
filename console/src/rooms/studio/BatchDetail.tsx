import { Progress } from "antd";
import { Link, useParams } from "react-router";
import type { Got, Item } from "@/api/client";
import { useRead } from "@/api/hooks";
import { useRows } from "@/api/rows";
import { Choice, known } from "@/shell/Choice";
import { Facts } from "@/shell/Facts";
import list from "@/shell/list.module.css";
import { Page } from "@/shell/Page";
import { Records, type Column } from "@/shell/Records";
import { Await, Empty } from "@/shell/States";
import { Table } from "@/shell/Table";
import { Tag, type Tone } from "@/shell/Tag";
import { useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { looksAgain, named } from "./looking";
import { BatchState, Steering } from "./Steering";
import styles from "./studio.module.css";

type Batch = Got<"studio.get_batch">;
type Row = Item<"studio.list_items">;

const TONES: Record<Row["state"], Tone> = {
  waiting: "quiet",
  queued: "quiet",
  running: "moving",
  review: "waiting",
  done: "done",
  failed: "alarm",
  cancelled: "quiet",
};

/** A batch: how far it is, what it takes, and each of its products. */
export function Component() {
  const words = useWords();
  const { batchId = "" } = useParams();
  const query = useRead(
    "studio.get_batch",
    { batch_id: batchId },
    { every: (seen) => looksAgain(seen?.state === "running") },
  );
  const batch = query.data;
  return (
    <Page
      title={batch?.name ?? words.batches.title}
      lead={<Link to="../studio">{words.batches.title}</Link>}
      actions={batch && <Steering batch={batch} />}
    >
      <Await query={query}>{(data) => <Whole batch={data} />}</Await>
    </Page>
  );
}

function Whole({ batch }: { batch: Batch }) {
  const words = useWords();
  const format = useFormat();
  const inReview = batch.states.review ?? 0;
  return (
    <div className={styles["stack"]}>
      <section className={`card ${styles["padded"]}`}>
        <p className={styles["line"]}>
          <BatchState state={batch.state} />
          <span>{words.batches.progress(format.count(batch.done), format.count(batch.items))}</span>
          {batch.failed > 0 && (
            <span className={styles["alarm"]}>{words.batches.failed(format.count(batch.failed))}</span>
          )}
          {inReview > 0 && <Link to="../studio-cuts">{words.batches.inReview(format.count(inReview))}</Link>}
          {batch.state === "running" && (
            <span className="muted">
              {batch.seconds_left == null
                ? words.batches.leftUnknown
                : words.batches.left(format.duration(batch.seconds_left))}
            </span>
          )}
          <Link to={`../studio-works?batch=${batch.id}`}>{words.batches.toWorks}</Link>
        </p>
        <Progress
          percent={Math.floor(batch.share * 100)}
          status={batch.state === "running" ? "active" : "normal"}
          aria-label={words.batches.progress(format.count(batch.done), format.count(batch.items))}
        />
        <Facts
          facts={[
            [words.batches.cpu, perSku(batch.cpu_ms_per_sku, format.duration)],
            [words.batches.wall, perSku(batch.wall_ms_per_sku, format.duration)],
            [words.batches.cost, format.cost(batch.cost_micro_per_sku)],
            [words.batches.jobs, format.count(batch.jobs)],
            [words.making.seed, batch.plan.seed],
          ]}
        />
      </section>
      {batch.failures.length > 0 && (
        <section className={`card ${styles["padded"]}`}>
          <h2>{words.batches.failures}</h2>
          <ul className={styles["failures"]}>
            {batch.failures.map((item) => (
              <li key={item.id}>
                <b>{item.title}</b>
                <span>{item.error?.message}</span>
                {item.error?.hint && <span className="muted">{item.error.hint}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className={`card ${styles["padded"]}`}>
        <h2>{words.batches.stepsTitle}</h2>
        <Table
          label={words.batches.stepsTitle}
          rows={batch.steps}
          rowKey={(step) => step.name}
          columns={[
            { key: "step", title: words.batches.step, cell: (step) => named(words.batches.steps, step.name) },
            {
              key: "done",
              title: words.batches.done,
              figure: true,
              cell: (step) => `${format.count(step.done)} / ${format.count(step.total)}`,
            },
            {
              key: "cpu",
              title: words.batches.stepCpu,
              figure: true,
              cell: (step) => perSku(step.cpu_ms, format.duration) ?? words.common.none,
            },
          ]}
        />
      </section>
      <Items batch={batch} />
    </div>
  );
}

function Items({ batch }: { batch: Batch }) {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const state = known(words.batches.itemStates, address.get("state"));
  const rows = useRows("studio.list_items", { batch_id: batch.id, ...(state && { state }) });
  const standing = (row: Row) => <Tag tone={TONES[row.state]}>{words.batches.itemStates[row.state]}</Tag>;
  const at = (row: Row) =>
    row.error?.message ?? (row.step && row.state !== "done" ? named(words.batches.steps, row.step) : words.common.none);
  const title = (row: Row) => (
    <Link to={`../studio-works?batch=${batch.id}&product=${encodeURIComponent(row.product_id)}`}>{row.title}</Link>
  );
  const columns: Column<Row>[] = [
    { key: "item", title: words.batches.item, cell: title },
    { key: "state", title: words.batches.state, width: 130, cell: standing },
    { key: "at", title: words.batches.at, cell: at },
    {
      key: "cpu",
      title: words.batches.cpu,
      figure: true,
      width: 140,
      cell: (row) => perSku(row.cpu_ms, format.duration) ?? words.common.none,
    },
  ];
  return (
    <section>
      <div className={styles["head"]}>
        <h2>{words.batches.itemsTitle}</h2>
        <Choice
          label={words.batches.state}
          value={state ?? ""}
          names={{ "": words.batches.all, ...words.batches.itemStates }}
          onChange={(value) => address.set({ state: value })}
        />
      </div>
      <Records
        label={words.batches.itemsTitle}
        rows={rows}
        rowKey={(row) => row.id}
        columns={columns}
        card={(row) => (
          <div className={list["rowCard"]}>
            <span className={list["rowText"]}>
              <b>{title(row)}</b>
              <span className={list["between"]}>
                <span className="muted">{at(row)}</span>
                {standing(row)}
              </span>
            </span>
          </div>
        )}
        empty={<Empty title={words.batches.itemsEmpty} />}
      />
    </section>
  );
}

/** Seconds of milliseconds; null where nothing is known yet. */
function perSku(ms: number | null, say: (seconds: number) => string): string | null {
  return ms ? say(ms / 1000) : null;
}
