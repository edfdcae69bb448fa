import { Segmented } from "antd";
import { useRead } from "@/api/hooks";
import { known } from "@/shell/Choice";
import { asked, daysBack, today } from "@/shell/days";
import { Period, type Span } from "@/shell/Period";
import { Await, Empty } from "@/shell/States";
import { useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords, type Words } from "@/words";
import { Detail } from "./Detail";
import styles from "./Models.module.css";
import { Trend } from "./Trend";
import { added, BYS, MEASURES, type By, type Measure, type Usage } from "./usage";

/** What models cost in a period: by day, and by room and model. */
export function UsageSection() {
  const words = useWords();
  const address = useAddress();
  const query = useRead("ai.usage", asked(address.get("since"), address.get("until")));
  return (
    <section aria-labelledby="models-usage">
      <h2 id="models-usage" className={styles["heading"]}>
        {words.models.usage}
      </h2>
      <Period spans={usual(words)} since={query.data?.since} until={query.data?.until} />
      <Await query={query} rows={6}>
        {(usage) => (
          <div className={styles["stack"]}>
            <Figures usage={usage} />
            {usage.items.length === 0 ? (
              <div className="card">
                <Empty title={words.models.noUsage} hint={words.models.noUsageHint} />
              </div>
            ) : (
              <>
                <Days usage={usage} />
                <Detail items={usage.items} />
              </>
            )}
          </div>
        )}
      </Await>
    </section>
  );
}

function usual({ models }: Words): Span[] {
  const until = today();
  return [
    { label: models.spans.month, since: `${until.slice(0, 8)}01`, until },
    { label: models.spans.week, since: daysBack(until, 6), until },
    { label: models.spans.days, since: daysBack(until, 29), until },
  ];
}

function Figures({ usage }: { usage: Usage }) {
  const { models } = useWords();
  const format = useFormat();
  const { calls, failed } = added(usage.items);
  const figures = [
    [models.spent, format.cost(usage.cost_micro), ""],
    [models.calls, format.count(calls), failed > 0 ? models.callsFailed(format.count(failed)) : ""],
    [models.month, format.cost(usage.month_micro), ""],
    [models.forecast, format.cost(usage.forecast_micro), models.forecastHint],
  ] as const;
  return (
    <dl className={styles["figures"]}>
      {figures.map(([name, value, note]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={styles["value"]}>{value}</dd>
          {note && <dd className={styles["small"]}>{note}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** The days as stacked bars; what is measured is what was chosen, else what there is any of. */
function Days({ usage }: { usage: Usage }) {
  const { models } = useWords();
  const address = useAddress();
  const measure: Measure =
    known(models.measures, address.get("measure")) ?? (usage.cost_micro > 0 ? "cost" : "calls");
  const by: By = known(models.bys, address.get("by")) ?? "model";
  return (
    <section className={`card ${styles["box"]}`} aria-labelledby="models-trend">
      <header className={styles["header"]}>
        <h3 id="models-trend">{models.trend}</h3>
        <span className={styles["choices"]}>
          <Segmented<Measure>
            aria-label={models.measure}
            value={measure}
            onChange={(chosen) => address.set({ measure: chosen })}
            options={MEASURES.map((each) => ({ value: each, label: models.measures[each] }))}
          />
          <Segmented<By>
            aria-label={models.by}
            value={by}
            onChange={(chosen) => address.set({ by: chosen })}
            options={BYS.map((each) => ({ value: each, label: models.bys[each] }))}
          />
        </span>
      </header>
      <Trend usage={usage} measure={measure} by={by} />
    </section>
  );
}
