import { Button } from "antd";
import { lazy, Suspense } from "react";
import { Link } from "react-router";
import type { Got } from "@/api/client";
import { useRead } from "@/api/hooks";
import { Page } from "@/shell/Page";
import { Await, Empty } from "@/shell/States";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { DaysChart } from "./DaysChart";
import styles from "./Overview.module.css";
import { Today } from "./Today";

const Worth = lazy(async () => ({ default: (await import("@/rooms/insight/Worth")).Worth }));

type Overview = Got<"shop.overview">;

export function Component() {
  const words = useWords();
  const format = useFormat();
  const query = useRead("shop.overview", {});
  const { data } = query;
  const range =
    data?.first_order_at && data.last_order_at
      ? words.overview.range(format.day(data.first_order_at), format.day(data.last_order_at))
      : null;
  return (
    <Page
      title={words.overview.title}
      lead={[data?.is_demo && words.overview.demo, range].filter(Boolean).join(" ")}
    >
      <Await query={query} rows={10}>
        {(seen) =>
          seen.orders + seen.products === 0 ? (
            <NewShop />
          ) : (
            <div className={styles["sheet"]}>
              <Today />
              <Suspense>
                <Worth />
              </Suspense>
              <Figures seen={seen} />
              <DaysChart days={seen.days} />
            </div>
          )
        }
      </Await>
    </Page>
  );
}

function NewShop() {
  const words = useWords();
  return (
    <Empty title={words.overview.emptyTitle} hint={words.overview.emptyLead}>
      <Link to="../start">
        <Button type="primary">{words.guide.title}</Button>
      </Link>
    </Empty>
  );
}

function Figures({ seen }: { seen: Overview }) {
  const words = useWords();
  const format = useFormat();
  const { overview } = words;
  const figures = [
    {
      name: overview.paid,
      value: format.yuan(seen.paid_fen),
      note: seen.buyers ? overview.perBuyer(format.yuan(seen.paid_fen / seen.buyers)) : null,
      to: "orders",
    },
    {
      name: overview.orders,
      value: format.count(seen.orders),
      note: overview.orderLines(format.count(seen.order_lines)),
      to: "orders",
    },
    {
      name: overview.buyers,
      value: format.count(seen.buyers),
      note: null,
      to: "buyers",
    },
    {
      name: overview.products,
      value: format.count(seen.products),
      note: overview.skus(format.count(seen.skus)),
      to: "goods",
    },
    {
      name: overview.refunds,
      value: format.count(seen.refunds),
      note: seen.orders ? overview.refundRate(format.percent(seen.refunds / seen.orders, 1)) : null,
      to: "orders?status=refunding",
    },
  ];
  return (
    <ul className={styles["figures"]}>
      {figures.map(({ name, value, note, to }) => (
        <li key={name}>
          <Link to={`../${to}`}>
            <span className={styles["name"]}>{name}</span>
            <span className={styles["value"]}>{value}</span>
            <span className={styles["note"]}>{note}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
