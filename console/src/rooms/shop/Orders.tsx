import { Button, Input, Select } from "antd";
import type { Item } from "@/api/client";
import { useRows } from "@/api/rows";
import { Export } from "@/shell/Export";
import styles from "@/shell/list.module.css";
import { Page } from "@/shell/Page";
import { Records, type Column } from "@/shell/Records";
import { RowCard, RowName } from "@/shell/RowCard";
import { SearchBox } from "@/shell/SearchBox";
import { Toolbar } from "@/shell/Toolbar";
import { useAddress } from "@/shell/useAddress";
import { Views } from "@/shell/Views";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { between } from "./days";
import { NoRecords } from "./NoRecords";
import { OrderPanel } from "./OrderPanel";
import { StatusTag, type OrderStatus } from "./StatusTag";

type Order = Item<"shop.list_orders">;

const NARROWED_BY = ["q", "status", "since", "until"];

export function Component() {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const [q, status, since, until] = NARROWED_BY.map(address.get) as [
    string, string, string, string,
  ];
  const known = status in words.orders.statuses ? (status as OrderStatus) : undefined;
  const rows = useRows("shop.list_orders", {
    q,

    ...(known && { status: known }),
    ...between(since, until),
  });
  const open = (id: string | null) => address.set({ order: id }, { page: true });
  const clear = () => address.set({ q: null, status: null, since: null, until: null });
  const filtered = Boolean(q || status || since || until);

  const columns: Column<Order>[] = [
    {
      key: "id",
      title: words.orders.id,
      width: 200,
      cell: (row) => (
        <RowName mono onOpen={() => open(row.id)}>
          {row.id}
        </RowName>
      ),
    },
    { key: "what", title: words.orders.what, cell: (row) => <What order={row} /> },
    { key: "buyer", title: words.orders.buyer, width: 150, cell: (row) => row.buyer ?? words.common.none },
    { key: "paid", title: words.orders.paid, figure: true, width: 120, cell: (row) => format.money(row.paid_fen) },
    { key: "status", title: words.orders.status, width: 110, cell: (row) => <StatusTag status={row.status} /> },
    { key: "created", title: words.orders.created, width: 185, cell: (row) => format.time(row.created_at) },
  ];
  return (
    <Page title={words.orders.title}>
      <Toolbar>
        <SearchBox label={words.orders.search} value={q} onChange={(value) => address.set({ q: value })} />
        <Select
          aria-label={words.orders.status}
          value={known ?? ""}
          style={{ width: 130 }}
          onChange={(value) => address.set({ status: value })}
          options={[
            { value: "", label: `${words.orders.status}: ${words.common.all}` },
            ...Object.entries(words.orders.statuses).map(([value, label]) => ({ value, label })),
          ]}
        />
        <span className={styles["dates"]}>
          <Input
            type="date"
            aria-label={`${words.orders.range} ${words.orders.since}`}
            value={since}
            max={until || undefined}
            onChange={(event) => address.set({ since: event.target.value })}
          />
          –
          <Input
            type="date"
            aria-label={`${words.orders.range} ${words.orders.until}`}
            value={until}
            min={since || undefined}
            onChange={(event) => address.set({ until: event.target.value })}
          />
        </span>
        {filtered && (
          <Button type="text" onClick={clear}>
            {words.goods.clear}
          </Button>
        )}
        <Views list="orders" by={NARROWED_BY} />
        <Export table="orders" given={{ q, status: known, ...between(since, until) }} />
      </Toolbar>
      <Records
        label={words.orders.title}
        rows={rows}
        rowKey={(row) => row.id}
        columns={columns}
        onOpen={(row) => open(row.id)}
        card={(row) => (
          <RowCard onOpen={() => open(row.id)}>
            <span className={styles["between"]}>
              <small className="muted mono">{row.id}</small>
              <StatusTag status={row.status} />
            </span>
            <b>{row.title || words.common.none}</b>
            <span className={styles["between"]}>
              <span className="muted">
                {row.buyer ?? words.common.none} · {format.shortDay(row.created_at)}
              </span>
              <span>{format.money(row.paid_fen)}</span>
            </span>
          </RowCard>
        )}
        empty={<NoRecords say={words.orders} narrowed={filtered} clear={clear} />}
      />
      <OrderPanel id={address.get("order")} onClose={() => open(null)} />
    </Page>
  );
}

function What({ order }: { order: Order }) {
  const words = useWords();
  const format = useFormat();
  return (
    <span className={styles["clip"]}>
      {order.title || words.common.none}
      {order.quantity != null && order.quantity > 1 && (
        <span className="muted"> {words.orders.moreLines(format.count(order.quantity))}</span>
      )}
    </span>
  );
}
