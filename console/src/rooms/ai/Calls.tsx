import { Button, Segmented } from "antd";
import type { Item } from "@/api/client";
import { useRead } from "@/api/hooks";
import { known } from "@/shell/Choice";
import { Await, Empty } from "@/shell/States";
import { Table, type Column } from "@/shell/Table";
import { Tag } from "@/shell/Tag";
import { useAddress } from "@/shell/useAddress";
import { useNarrow } from "@/shell/useMedia";
import { useFormat, type Format } from "@/words/format";
import { useWords, type Words } from "@/words";
import models from "./Models.module.css";
import styles from "./Setup.module.css";

type Call = Item<"ai.calls">;
const WHICH = ["all", "left", "failed"] as const;
type Which = (typeof WHICH)[number];
const SIZE = 20;

/** The record of what left for models, and of what they did not answer. */
export function Calls() {
  const { calls } = useWords().seam;
  const address = useAddress();
  const which: Which = known(calls.kinds, address.get("calls")) ?? "all";
  const page = Math.max(1, Number.parseInt(address.get("callsPage") || "1", 10) || 1);
  const query = useRead("ai.calls", { which, page, size: SIZE });
  return (
    <section aria-labelledby="models-calls">
      <h2 id="models-calls" className={models["heading"]}>
        {calls.title}
      </h2>
      <p className={models["small"]}>{calls.lead}</p>
      <div className={styles["bar"]}>
        <Segmented<Which>
          aria-label={calls.which}
          value={which}
          onChange={(chosen) => address.set({ calls: chosen === "all" ? null : chosen, callsPage: null })}
          options={WHICH.map((value) => ({ value, label: calls.kinds[value] }))}
        />
      </div>
      <div className="card">
        <Await query={query} rows={5}>
          {({ items, total }) =>
            items.length === 0 && page === 1 ? (
              <Empty title={calls.none[which]} />
            ) : (
              <>
                <Rows items={items} />
                <Pages page={page} last={Math.max(1, Math.ceil(total / SIZE))} />
              </>
            )
          }
        </Await>
      </div>
    </section>
  );
}

function Rows({ items }: { items: Call[] }) {
  const { calls } = useWords().seam;
  const words = useWords();
  const format = useFormat();
  const narrow = useNarrow();
  const columns = columnsOf(words, format);
  if (!narrow) return <Table label={calls.title} columns={columns} rows={items} rowKey={(call) => call.id} />;
  return (
    <ul className={models["lines"]} aria-labelledby="models-calls">
      {items.map((call) => (
        <li key={call.id}>
          <div className={models["line"]}>
            <span className={models["grow"]}>
              {call.room_name} <span className="mono">{call.model}</span>
              <small className="muted">{format.time(call.at)}</small>
            </span>
            <Outcome call={call} />
          </div>
          <small className="muted">
            {[
              `${call.server} (${call.is_near ? calls.near : calls.far})`,
              sent(words, format, call),
              `${calls.masked} ${masked(words, format, call)}`,
              format.cost(call.cost_micro),
            ].join(" · ")}
          </small>
        </li>
      ))}
    </ul>
  );
}

function columnsOf(words: Words, format: Format): Column<Call>[] {
  const { calls } = words.seam;
  return [
    { key: "at", title: calls.at, cell: (call) => format.time(call.at) },
    { key: "what", title: calls.what, cell: (call) => call.room_name },
    {
      key: "server",
      title: calls.server,
      cell: (call) => (
        <>
          <span className="mono">{call.model}</span>
          <br />
          <small className="muted">
            {call.server} · {call.is_near ? calls.near : calls.far}
          </small>
        </>
      ),
    },
    { key: "sent", title: calls.sent, cell: (call) => sent(words, format, call) },
    { key: "masked", title: calls.masked, cell: (call) => masked(words, format, call) },
    { key: "outcome", title: calls.outcome, cell: (call) => <Outcome call={call} /> },
    { key: "cost", title: calls.cost, figure: true, cell: (call) => format.cost(call.cost_micro) },
  ];
}

function sent({ seam: { calls }, models: said }: Words, format: Format, call: Call): string {
  const pictures = call.sent_pictures > 0 ? [calls.pictures(format.count(call.sent_pictures))] : [];
  return [calls.characters(format.count(call.sent_characters)), ...pictures].join(said.and);
}

function masked({ seam: { calls }, models: said }: Words, format: Format, call: Call): string {
  const kinds = Object.entries(call.masked).filter(([, count]) => count > 0);
  if (kinds.length === 0) return calls.maskedNone;
  return kinds.map(([kind, count]) => calls.mask(calls.maskKinds[kind] ?? kind, format.count(count))).join(said.and);
}

function Outcome({ call }: { call: Call }) {
  const { calls } = useWords().seam;
  return (
    <Tag tone={call.outcome === "answered" ? "done" : call.outcome === "kept" ? "quiet" : "alarm"}>
      {calls.outcomes[call.outcome] ?? call.outcome}
    </Tag>
  );
}

function Pages({ page, last }: { page: number; last: number }) {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  if (last === 1) return null;
  const said = words.seam.calls.page(format.count(page), format.count(last));
  const go = (to: number) => address.set({ callsPage: to > 1 ? String(to) : null });
  return (
    <nav className={styles["pager"]} aria-label={said}>
      <Button disabled={page <= 1} onClick={() => go(page - 1)}>
        {words.common.previous}
      </Button>
      <span className="muted">{said}</span>
      <Button disabled={page >= last} onClick={() => go(page + 1)}>
        {words.common.next}
      </Button>
    </nav>
  );
}
