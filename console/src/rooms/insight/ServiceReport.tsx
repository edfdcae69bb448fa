import { Button } from "antd";
import { Link } from "react-router";
import type { Got } from "@/api/client";
import { useRead } from "@/api/hooks";
import { asked, daysBack, today } from "@/shell/days";
import { Export } from "@/shell/Export";
import { Page } from "@/shell/Page";
import { Period, type Span } from "@/shell/Period";
import { Await, Empty } from "@/shell/States";
import { useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords, type Words } from "@/words";
import { Costs } from "./Costs";
import { Figure } from "./Figure";
import { Reasons } from "./Reasons";
import styles from "./ServiceReport.module.css";
import { Trend } from "./Trend";

export type Report = Got<"insight.service_report">;

const LENGTHS = { today: 1, week: 7, month: 30 } as const;

const GROUPS = {
  program: [
    "conversations",
    "automation",
    "involvement",
    "resolution",
    "containment",
    "hand_overs",
    "wrong",
    "program_median",
    "program_p90",
  ],
  people: ["three_minutes", "mean_response", "people_median", "people_p90", "conversion", "csat"],
  value: ["saved_fen", "saved_minutes"],
} as const;

/** How shoppers were served in a period, beside the like period before. */
export function Component() {
  const words = useWords();
  const address = useAddress();
  const given = asked(address.get("since"), address.get("until"));
  const query = useRead("insight.service_report", given);
  return (
    <Page
      title={words.insight.title}
      lead={words.insight.lead}
      actions={<Export table="service_days" given={given} />}
    >
      <Period spans={usual(words)} since={query.data?.since} until={query.data?.until} />
      <Await query={query} rows={12}>
        {(report) => (isEmpty(report) ? <NoConversations /> : <Sheet report={report} />)}
      </Await>
    </Page>
  );
}

function usual({ insight }: Words): Span[] {
  const until = today();
  return (["today", "week", "month"] as const).map((name) => ({
    label: insight.days[name],
    since: daysBack(until, LENGTHS[name] - 1),
    until,
  }));
}

function isEmpty(report: Report): boolean {
  return report.figures.every(({ key, value, before }) => key !== "conversations" || (!value && !before));
}

function NoConversations() {
  const words = useWords();
  return (
    <Empty title={words.insight.empty} hint={words.insight.emptyHint}>
      <Link to="../settings?tab=widget">
        <Button type="primary">{words.insight.place}</Button>
      </Link>
    </Empty>
  );
}

function Sheet({ report }: { report: Report }) {
  const words = useWords();
  const format = useFormat();
  const { insight } = words;
  const of = Object.fromEntries(report.figures.map((figure) => [figure.key, figure]));
  return (
    <div className={styles["sheet"]}>
      <p className="muted">
        {insight.compared(format.day(report.before_since), format.day(report.before_until))}
        {report.going_on > 0 && <> · {insight.goingOn(format.count(report.going_on))}</>}
      </p>
      {(["program", "people", "value"] as const).map((group) => (
        <section key={group} aria-labelledby={`figures-${group}`}>
          <h2 id={`figures-${group}`} className={styles["heading"]}>
            {insight.groups[group]}
          </h2>
          <ul className={styles["figures"]}>
            {GROUPS[group].map((key) => of[key] && <Figure key={key} figure={of[key]} />)}
          </ul>
          {group === "value" && <Costs />}
        </section>
      ))}
      <Reasons reasons={report.reasons} />
      <Trend days={report.days} />
      <details className={styles["definitions"]}>
        <summary>{insight.definitions}</summary>
        <dl>
          {report.figures.map(({ key, title, definition }) => (
            <div key={key}>
              <dt>{title}</dt>
              <dd>{definition}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}
