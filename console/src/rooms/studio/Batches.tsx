import { Button, Progress } from "antd";
import { Link } from "react-router";
import type { Item } from "@/api/client";
import { useRead, useRole } from "@/api/hooks";
import { PlusOutlined } from "@/shell/icons";
import { Page } from "@/shell/Page";
import { Pager } from "@/shell/Pager";
import { Await, Empty } from "@/shell/States";
import { useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { BatchState, Steering } from "./Steering";
import { looksAgain } from "./looking";
import styles from "./studio.module.css";

type Batch = Item<"studio.list_batches">;

const SIZE = 20;

/** What is being made and what was, the newest first. */
export function Component() {
  const words = useWords();
  const address = useAddress();
  const works = useRole() !== "viewer";
  const query = useRead(
    "studio.list_batches",
    { page: address.page, size: SIZE },
    { every: (seen) => looksAgain(seen?.items.some(({ state }) => state === "running")) },
  );
  const begin = (
    <Link to="new">
      <Button type="primary" icon={<PlusOutlined />} disabled={!works}>
        {words.batches.begin}
      </Button>
    </Link>
  );
  return (
    <Page title={words.batches.title} lead={words.batches.lead} actions={query.data?.items.length ? begin : undefined}>
      <Await query={query}>
        {({ items, total }) =>
          items.length === 0 ? (
            <div className="card">
              <Empty title={words.batches.empty} hint={words.batches.emptyHint}>
                {begin}
              </Empty>
            </div>
          ) : (
            <>
              <ul className={styles["batches"]} aria-label={words.batches.title}>
                {items.map((batch) => (
                  <Row key={batch.id} batch={batch} />
                ))}
              </ul>
              <Pager page={address.page} total={total} size={SIZE} />
            </>
          )
        }
      </Await>
    </Page>
  );
}

function Row({ batch }: { batch: Batch }) {
  const words = useWords();
  const format = useFormat();
  const { data } = useRead(
    "studio.get_batch",
    { batch_id: batch.id },
    { every: (seen) => looksAgain((seen ?? batch).state === "running") },
  );
  const { done, failed, items, state } = data ?? batch;
  const share = data?.share ?? (items ? done / items : 0);
  return (
    <li className={`card ${styles["batch"]}`}>
      <div className={styles["head"]}>
        <h2>
          <Link to={batch.id}>{batch.name}</Link>
        </h2>
        <BatchState state={state} />
      </div>
      <p className="muted">
        {batch.kinds.map((kind) => words.studio.kinds[kind as keyof typeof words.studio.kinds]).join(" · ")}
      </p>
      <Progress
        percent={Math.floor(share * 100)}
        status={state === "running" ? "active" : failed > 0 ? "exception" : "normal"}
        aria-label={words.batches.progress(format.count(done), format.count(items))}
      />
      <p className={styles["line"]}>
        <span>{words.batches.progress(format.count(done), format.count(items))}</span>
        {failed > 0 && <span className={styles["alarm"]}>{words.batches.failed(format.count(failed))}</span>}
        {state === "running" && (
          <span>
            {data?.seconds_left == null
              ? words.batches.leftUnknown
              : words.batches.left(format.duration(data.seconds_left))}
          </span>
        )}
        {data?.cpu_ms_per_sku != null && (
          <span className="muted">
            {words.batches.cpu} {format.duration(data.cpu_ms_per_sku / 1000)} · {words.batches.cost}{" "}
            {format.cost(data.cost_micro_per_sku)}
          </span>
        )}
      </p>
      <div className={styles["line"]}>
        <Steering batch={data ?? batch} />
        <Link to={`../studio-works?batch=${batch.id}`}>{words.batches.toWorks}</Link>
      </div>
    </li>
  );
}
