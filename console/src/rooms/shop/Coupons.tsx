import { Button } from "antd";
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
import { useFormat, type Format } from "@/words/format";
import { useWords, type Words } from "@/words";
import { NoRecords } from "./NoRecords";
import { CouponTag } from "./StatusTag";

type Coupon = Item<"shop.list_coupons">;

const NARROWED_BY = ["q", "state"];

/** Coupons and promotions, and whether they hold today. */
export function Component() {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const q = address.get("q");
  const state = known(words.coupons.states, address.get("state"));
  const given = { q, ...(state && { state }) };
  const rows = useRows("shop.list_coupons", given);
  const { opened, open, close } = useOpened("coupon", rows);
  const clear = () => address.set({ q: null, state: null });
  const filtered = Boolean(q || state);

  const columns: Column<Coupon>[] = [
    {
      key: "name",
      title: words.coupons.name,
      cell: (row) => (
        <RowName onOpen={() => open(row.id)}>
          {row.name}
        </RowName>
      ),
    },
    { key: "worth", title: words.coupons.worth, width: 200, cell: (row) => worth(row, words, format) },
    {
      key: "scope",
      title: words.coupons.scope,
      width: 180,
      cell: (row) => <span className={styles["clip"]}>{row.scope ?? words.common.none}</span>,
    },
    { key: "state", title: words.orders.status, width: 100, cell: (row) => <CouponTag state={row.state} /> },
    { key: "days", title: words.coupons.days, width: 310, cell: (row) => days(row, words, format) },
  ];
  return (
    <Page title={words.coupons.title} lead={words.coupons.lead}>
      <Toolbar>
        <SearchBox label={words.coupons.search} value={q} onChange={(value) => address.set({ q: value })} />
        <Choice
          label={words.orders.status}
          value={state ?? ""}
          names={{ "": `${words.orders.status}: ${words.common.all}`, ...words.coupons.states }}
          onChange={(value) => address.set({ state: value })}
        />
        {filtered && (
          <Button type="text" onClick={clear}>
            {words.goods.clear}
          </Button>
        )}
        <Views list="coupons" by={NARROWED_BY} />
        <Export table="coupons" given={given} />
      </Toolbar>
      <Records
        label={words.coupons.title}
        rows={rows}
        rowKey={(row) => row.id}
        columns={columns}
        onOpen={(row) => open(row.id)}
        card={(row) => (
          <RowCard onOpen={() => open(row.id)}>
            <span className={styles["between"]}>
              <b>{row.name}</b>
              <CouponTag state={row.state} />
            </span>
            <span>{worth(row, words, format)}</span>
            <span className="muted">{days(row, words, format)}</span>
          </RowCard>
        )}
        empty={<NoRecords say={words.coupons} narrowed={filtered} clear={clear} />}
      />
      <CouponPanel coupon={opened} onClose={close} />
    </Page>
  );
}

function CouponPanel({ coupon, onClose }: { coupon: Coupon | undefined; onClose: () => void }) {
  const words = useWords();
  const format = useFormat();
  return (
    <Panel open={coupon !== undefined} onClose={onClose} title={coupon?.name}>
      {coupon && (
        <>
          <div className={styles["head"]}>
            <CouponTag state={coupon.state} />
            <span className={styles["sum"]}>{worth(coupon, words, format)}</span>
          </div>
          <Section title={words.coupons.terms}>
            <Facts
              facts={[
                [words.coupons.rule, coupon.rule],
                [words.coupons.threshold, coupon.threshold_fen == null ? null : format.money(coupon.threshold_fen)],
                [words.coupons.discount, coupon.discount_fen == null ? null : format.money(coupon.discount_fen)],
                [words.coupons.scope, coupon.scope],
                [words.coupons.begins, coupon.starts_at && format.time(coupon.starts_at)],
                [words.coupons.ends, coupon.ends_at && format.time(coupon.ends_at)],
                [words.coupons.id, <span key="id" className="mono">{coupon.id}</span>],
              ]}
            />
          </Section>
        </>
      )}
    </Panel>
  );
}

function worth(coupon: Coupon, words: Words, format: Format): string {
  const { threshold_fen: from, discount_fen: off, rule } = coupon;
  if (off == null) return rule ?? words.common.none;
  return from ? words.coupons.off(format.money(from), format.money(off)) : words.coupons.offAny(format.money(off));
}

function days(coupon: Coupon, words: Words, format: Format): string {
  if (!coupon.starts_at && !coupon.ends_at) return words.coupons.always;
  return `${format.day(coupon.starts_at)} – ${format.day(coupon.ends_at)}`;
}
