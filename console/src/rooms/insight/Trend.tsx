import { Button } from "antd";
import { useState } from "react";
import { ticks } from "@/rooms/shop/ticks";
import { useNarrow } from "@/shell/useMedia";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import type { Report } from "./ServiceReport";
import styles from "./ServiceReport.module.css";

type Days = Report["days"];

/** In units of the drawing, which are pixels where the screen is as wide; so many labels fit. */
const WIDE = { width: 960, height: 220, labels: 10 };
const NARROW = { width: 330, height: 190, labels: 4 };
const LEFT = 40;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 26;

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
  const words = useWords();
  const format = useFormat();
  const { width, height, labels } = useNarrow() ? NARROW : WIDE;
  const marks = ticks(Math.max(...days.map((day) => day.conversations)), 1);
  const top = marks.at(-1) ?? 1;
  const step = (width - LEFT - RIGHT) / days.length;
  const every = Math.ceil(days.length / labels);
  const tall = (count: number) => ((height - TOP - BOTTOM) * count) / top;
  const y = (count: number) => height - BOTTOM - tall(count);
  return (
    <figure aria-label={words.insight.chart}>
      <svg className={styles["chart"]} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {marks.map((mark) => (
          <g key={mark} className={styles["mark"]}>
            <line x1={LEFT} x2={width - RIGHT} y1={y(mark)} y2={y(mark)} />
            <text x={LEFT - 8} y={y(mark) + 4} textAnchor="end">
              {format.count(mark)}
            </text>
          </g>
        ))}
        {days.map((day, index) => {
          const bar = { x: LEFT + index * step + step * 0.18, width: step * 0.64 };
          const { resolved, with_people: people, conversations: all } = day;
          return (
            <g key={day.date}>
              <title>
                {words.insight.dayValue(
                  format.day(day.date),
                  format.count(all),
                  format.count(resolved),
                  format.count(people),
                )}
              </title>
              <rect className={styles["rest"]} {...bar} y={y(all)} height={tall(all - resolved - people)} />
              <rect className={styles["people"]} {...bar} y={y(resolved + people)} height={tall(people)} />
              <rect className={styles["resolved"]} {...bar} y={y(resolved)} height={tall(resolved)} />
              {(days.length - 1 - index) % every === 0 && (
                <text
                  className={styles["label"]}
                  x={LEFT + (index + 0.5) * step}
                  y={height - 6}
                  textAnchor="middle"
                >
                  {format.shortDay(day.date)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <figcaption className={styles["legend"]}>
        {(["resolved", "with_people", "other"] as const).map((part) => (
          <span key={part} data-part={part}>
            {words.insight.parts[part]}
          </span>
        ))}
      </figcaption>
    </figure>
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
