import { Link } from "react-router";
import type { Item } from "@/api/client";
import { useRows } from "@/api/rows";
import { Export } from "@/shell/Export";
import { Page } from "@/shell/Page";
import { Records, type Column } from "@/shell/Records";
import { SearchBox } from "@/shell/SearchBox";
import { Toolbar } from "@/shell/Toolbar";
import { useAddress } from "@/shell/useAddress";
import { Views } from "@/shell/Views";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { NoRecords } from "./NoRecords";
import styles from "@/shell/list.module.css";

type Buyer = Item<"shop.list_buyers">;

const NARROWED_BY = ["q"];

export function Component() {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const q = address.get("q");
  const rows = useRows("shop.list_buyers", { q });
  const nick = (row: Buyer) => (
    <Link
      to={`../orders?${new URLSearchParams({ q: row.nick })}`}
      aria-label={words.buyers.seeOrders(row.nick)}
    >
      {row.nick}
    </Link>
  );
  const columns: Column<Buyer>[] = [
    { key: "nick", title: words.buyers.nick, cell: nick },
    { key: "orders", title: words.buyers.orders, figure: true, width: 110, cell: (row) => format.count(row.orders) },
    { key: "paid", title: words.buyers.paid, figure: true, width: 160, cell: (row) => format.money(row.paid_fen) },
    { key: "last", title: words.buyers.last, width: 190, cell: (row) => format.time(row.last_order_at) },
  ];
  return (
    <Page title={words.buyers.title} lead={words.buyers.lead}>
      <Toolbar>
        <SearchBox label={words.buyers.search} value={q} onChange={(value) => address.set({ q: value })} />
        <Views list="buyers" by={NARROWED_BY} />
        <Export table="buyers" given={{ q }} />
      </Toolbar>
      <Records
        label={words.buyers.title}
        rows={rows}
        rowKey={(row) => row.id}
        columns={columns}
        card={(row) => (
          <div className={styles["rowCard"]}>
            <span className={styles["rowText"]}>
              <span className={styles["between"]}>
                {nick(row)}
                <span>{format.money(row.paid_fen)}</span>
              </span>
              <span className={`muted ${styles["between"]}`}>
                <span>
                  {words.buyers.orders} {format.count(row.orders)}
                </span>
                <span>{format.day(row.last_order_at)}</span>
              </span>
            </span>
          </div>
        )}
        empty={<NoRecords say={words.buyers} narrowed={q !== ""} clear={() => address.set({ q: null })} />}
      />
    </Page>
  );
}
