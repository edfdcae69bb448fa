import { Link } from "react-router";
import type { Got } from "@/api/client";
import { useRead } from "@/api/hooks";
import { Await } from "@/shell/States";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { DayFigure, type FigureProps } from "./DayFigure";
import styles from "./Today.module.css";
import { Waiting } from "./Waiting";

type Trade = Got<"shop.today">;
type Service = Got<"service.today">;

const EVERY_MS = 60_000;

/** The day at a glance: trade and service beside like days, and what waits for a person. */
export function Today() {
  const trade = useRead("shop.today", {}, { every: () => EVERY_MS });
  const service = useRead("service.today", {}, { every: () => EVERY_MS });
  return (
    <Await query={trade} rows={3}>
      {(sold) => (
        <Await query={service} rows={3}>
          {(served) => <Glance trade={sold} service={served} />}
        </Await>
      )}
    </Await>
  );
}

function Glance({ trade, service }: { trade: Trade; service: Service }) {
  const words = useWords();
  const format = useFormat();
  const { today } = words;
  const isStale = trade.date !== null && trade.date !== service.date;
  const noTrade = trade.orders === null ? today.noOrders : null;
  const noService = service.first_at === null ? today.noQuestions : null;
  const sold = isStale && trade.date ? ` · ${format.shortDay(trade.date)}` : "";
  const figures: FigureProps[] = [
    { name: today.paid + sold, figure: trade.paid_fen, show: format.yuan, missing: noTrade },
    { name: today.orders + sold, figure: trade.orders, show: format.count, missing: noTrade },
    { name: today.questions, figure: service.questions, show: format.count, missing: noService },
    {
      name: today.share,
      figure: service.answered_share,
      show: (share) => format.percent(share),
      measure: "share",
      missing: noService ?? today.noneToday,
    },
    { name: today.answered, figure: service.answered, show: format.count, missing: noService },
    { name: today.handedOver, figure: service.handed_over, show: format.count, missing: noService },
  ];
  const weeks = service.questions.days.length - 1;
  return (
    <section aria-labelledby="today">
      <header className={styles["header"]}>
        <h2 id="today">{today.title}</h2>
        <p className="muted">{today.lead(format.count(weeks))}</p>
      </header>
      {isStale && trade.until && (
        <p className={styles["stale"]}>
          {today.stale(format.time(trade.until))} <Link to="../import">{today.bring}</Link>
        </p>
      )}
      <ul className={styles["figures"]}>
        {figures.map((each) => (
          <DayFigure key={each.name} {...each} />
        ))}
      </ul>
      <Waiting waiting={service.waiting} />
    </section>
  );
}
