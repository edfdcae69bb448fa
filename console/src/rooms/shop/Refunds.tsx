import { Button } from "antd";
import { Link } from "react-router";
import type { Item } from "@/api/client";
import { useRows } from "@/api/rows";
import { Choice, known } from "@/shell/Choice";
import { Export } from "@/shell/Export";
import { Facts } from "@/shell/Facts";
import styles from "@/shell/list.module.css";
import { Page } from "@/shell/Page";
import { Panel, Section } from "@/shell/Panel";
import { Records, type Column } from "@/shell/Records";
import { RowCard, RowName } from "@/shell/RowCard";
import { SearchBox } from "@/shell/SearchBox";
import { Toolbar } from "@/shell/Toolbar";
import { useAddress } from "@/shell/useAddress";
import { useOpened } from "@/shell/useOpened";
import { Views } from "@/shell/Views";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { NoRecords } from "./NoRecords";
import { RefundTag } from "./StatusTag";

type Refund = Item<"shop.list_refunds">;

const NARROWED_BY = ["q", "status", "kind"];

/** After-sales cases, wherever they stand. */
export function Component() {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const q = address.get("q");
  const status = known(words.orders.refundStatuses, address.get("status"));
  const kind = known(words.orders.refundKinds, address.get("kind"));
  const given = { q, ...(status && { status }), ...(kind && { kind }) };
  const rows = useRows("shop.list_refunds", given);
  const { opened, open, close } = useOpened("refund", rows);
  const clear = () => address.set({ q: null, status: null, kind: null });
  const filtered = Boolean(q || status || kind);
  const all = (name: string) => ({ "": `${name}: ${words.common.all}` });

  const columns: Column<Refund>[] = [
    {
      key: "id",
      title: words.refunds.id,
      width: 180,
      cell: (row) => (
        <RowName mono onOpen={() => open(row.id)}>
          {row.id}
        </RowName>
      ),
    },
    {
      key: "what",
      title: words.orders.what,
      cell: (row) => <span className={styles["clip"]}>{row.title || words.common.none}</span>,
    },
    { key: "kind", title: words.refunds.kind, width: 130, cell: (row) => words.orders.refundKinds[row.kind] },
    { key: "buyer", title: words.orders.buyer, width: 120, cell: (row) => row.buyer ?? words.common.none },
    { key: "amount", title: words.refunds.amount, figure: true, width: 110, cell: (row) => format.money(row.amount_fen) },
    { key: "status", title: words.orders.status, width: 140, cell: (row) => <RefundTag status={row.status} /> },
    { key: "created", title: words.refunds.created, width: 185, cell: (row) => format.time(row.created_at) },
  ];
  return (
    <Page title={words.refunds.title} lead={words.refunds.lead}>
      <Toolbar>
        <SearchBox label={words.refunds.search} value={q} onChange={(value) => address.set({ q: value })} />
        <Choice
          label={words.orders.status}
          value={status ?? ""}
          names={{ ...all(words.orders.status), ...words.orders.refundStatuses }}
          onChange={(value) => address.set({ status: value })}
        />
        <Choice
          label={words.refunds.kind}
          value={kind ?? ""}
          names={{ ...all(words.refunds.kind), ...words.orders.refundKinds }}
          onChange={(value) => address.set({ kind: value })}
        />
        {filtered && (
          <Button type="text" onClick={clear}>
            {words.goods.clear}
          </Button>
        )}
        <Views list="refunds" by={NARROWED_BY} />
        <Export table="refunds" given={given} />
      </Toolbar>
      <Records
        label={words.refunds.title}
        rows={rows}
        rowKey={(row) => row.id}
        columns={columns}
        onOpen={(row) => open(row.id)}
        card={(row) => (
          <RowCard onOpen={() => open(row.id)}>
            <span className={styles["between"]}>
              <small className="muted">{words.orders.refundKinds[row.kind]}</small>
              <RefundTag status={row.status} />
            </span>
            <b>{row.title || row.order_id}</b>
            <span className={styles["between"]}>
              <span className="muted">
                {row.buyer ?? words.common.none} · {format.shortDay(row.created_at)}
              </span>
              <span>{format.money(row.amount_fen)}</span>
            </span>
          </RowCard>
        )}
        empty={<NoRecords say={words.refunds} narrowed={filtered} clear={clear} />}
      />
      <RefundPanel refund={opened} onClose={close} />
    </Page>
  );
}

function RefundPanel({ refund, onClose }: { refund: Refund | undefined; onClose: () => void }) {
  const words = useWords();
  const format = useFormat();
  return (
    <Panel
      open={refund !== undefined}
      onClose={onClose}
      title={<span className="mono">{refund?.id}</span>}
      extra={
        refund && (
          <Link to={`../orders?${new URLSearchParams({ order: refund.order_id })}`}>
            <Button size="small">{words.work.seeOrder}</Button>
          </Link>
        )
      }
    >
      {refund && (
        <>
          <div className={styles["head"]}>
            <RefundTag status={refund.status} />
            <span className={styles["sum"]}>{format.money(refund.amount_fen)}</span>
            <span className="muted">{words.orders.refundKinds[refund.kind]}</span>
          </div>
          <Section title={words.refunds.case}>
            <Facts
              facts={[
                [words.refunds.reason, refund.reason],
                [words.refunds.kindRaw, refund.kind_raw],
                [words.refunds.statusRaw, refund.status_raw],
                [words.refunds.tracking, refund.tracking_no],
                [words.refunds.created, refund.created_at && format.time(refund.created_at)],
                [words.refunds.updated, refund.updated_at && format.time(refund.updated_at)],
              ]}
            />
          </Section>
          <Section title={words.refunds.order}>
            <Facts
              facts={[
                [words.orders.id, <span key="id" className="mono">{refund.order_id}</span>],
                [words.orders.what, refund.title],
                [words.orders.buyer, refund.buyer],
                [words.orders.paid, refund.paid_fen == null ? null : format.money(refund.paid_fen)],
              ]}
            />
          </Section>
        </>
      )}
    </Panel>
  );
}
