import { Button } from "antd";
import { useState } from "react";
import { StackedBars, type Part } from "@/shell/StackedBars";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import type { Report } from "./ServiceReport";
import styles from "./ServiceReport.module.css";

type Days = Report["days"];

const LEFT = 40;

/** The conversations of each day by what became of them, as bars or as figures. */
export function Trend({ days }: { days: Days }) {
  const words = useWords();
  const [table, setTable] = useState(false);
  return (
    <section className={`card ${styles["box"]}`} aria-labelledby="trend">
      <header className={styles["header"]}>
        <h2 id="trend">{words.insight.trend}</h2>
        <Button type="text" onClick={() => setTable(!table)}>
          {table ? words.insight.asChart : words.insight.asTable}
        </Button>
      </header>
      {table ? <Figures days={days} /> : <Bars days={days} />}
    </section>
  );
}

function Bars({ days }: { days: Days }) {
  const { insight } = useWords();
  const format = useFormat();
  const part = (key: keyof typeof insight.parts, tone: Part["tone"], value: (day: Days[number]) => number) => ({
    key,
    name: insight.parts[key],
    values: days.map(value),
    tone,
  });
  return (
    <StackedBars
      label={insight.chart}
      days={days.map((day) => day.date)}
      parts={[
        part("resolved", 0, (day) => day.resolved),
        part("with_people", 1, (day) => day.with_people),
        part("other", "rest", (day) => day.conversations - day.resolved - day.with_people),
      ]}
      show={format.count}
      told={(index) => {
        const day = days[index];
        if (!day) return undefined;
        const counts = [day.conversations, day.resolved, day.with_people].map(format.count) as [string, string, string];
        return insight.dayValue(format.day(day.date), ...counts);
      }}
      left={LEFT}
    />
  );
}

function Figures({ days }: { days: Days }) {
  const words = useWords();
  const format = useFormat();
  const { insight } = words;
  const heads = [insight.conversations, insight.involved, insight.parts.resolved, insight.parts.with_people];
  return (
    <div className={styles["scroll"]}>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">{insight.day}</th>
            {heads.map((head) => (
              <th key={head} scope="col" className="number">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <tr key={day.date}>
              <th scope="row">{format.day(day.date)}</th>
              <td className="number">{format.count(day.conversations)}</td>
              <td className="number">{format.count(day.involved)}</td>
              <td className="number">{format.count(day.resolved)}</td>
              <td className="number">{format.count(day.with_people)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
