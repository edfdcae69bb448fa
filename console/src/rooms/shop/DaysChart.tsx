import { Button, Segmented } from "antd";
import { useState, type KeyboardEvent } from "react";
import { useNarrow } from "@/shell/useMedia";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./DaysChart.module.css";
import { ticks } from "@/shell/ticks";

export interface Day {
  date: string;
  orders: number;
  paid_fen: number;
}

type Measure = "paid_fen" | "orders";

/** In units of the drawing, which are pixels where the screen is as wide; labels lie every so many days. */
const WIDE = { width: 960, height: 240, left: 68, every: 5 };
const NARROW = { width: 330, height: 200, left: 58, every: 8 };
const RIGHT = 20;
const BOTTOM = 26;
const TOP = 12;

/** The last days as bars; a day is pointed at, or walked to with the arrow keys. */
export function DaysChart({ days }: { days: readonly Day[] }) {
  const words = useWords();
  const format = useFormat();
  const [measure, setMeasure] = useState<Measure>("paid_fen");
  const [table, setTable] = useState(false);
  const show = measure === "paid_fen" ? format.yuan : format.count;
  const first = days[0];
  const last = days.at(-1);
  const sum = days.reduce((total, day) => total + day[measure], 0);
  const best = days.reduce((most, day) => (day[measure] > most[measure] ? day : most), first ?? NO_DAY);
  return (
    <section className={`card ${styles["chart"]}`} aria-labelledby="days">
      <header className={styles["header"]}>
        <h2 id="days">{words.overview.days}</h2>
        {first && last && (
          <span className="muted">
            {words.overview.daysOf(format.shortDay(first.date), format.shortDay(last.date))}
          </span>
        )}
        <span className={styles["tools"]}>
          <Segmented<Measure>
            value={measure}
            onChange={setMeasure}
            options={[
              { value: "paid_fen", label: words.overview.byPaid },
              { value: "orders", label: words.overview.byOrders },
            ]}
          />
          <Button type="text" onClick={() => setTable(!table)}>
            {table ? words.overview.asChart : words.overview.asTable}
          </Button>
        </span>
      </header>
      {sum === 0 ? (
        <p className="muted">{words.overview.noDays}</p>
      ) : (
        <>
          <dl className={styles["sums"]}>
            <div>
              <dt>{words.overview.sum}</dt>
              <dd>{show(sum)}</dd>
            </div>
            <div>
              <dt>{words.overview.daily}</dt>
              <dd>{show(Math.round(sum / days.length))}</dd>
            </div>
            <div>
              <dt>{words.overview.best}</dt>
              <dd>
                {show(best[measure])} <small className="muted">{format.shortDay(best.date)}</small>
              </dd>
            </div>
          </dl>
          {table ? <Figures days={days} /> : <Bars key={measure} days={days} measure={measure} />}
        </>
      )}
    </section>
  );
}

const NO_DAY: Day = { date: "", orders: 0, paid_fen: 0 };

function Bars({ days, measure }: { days: readonly Day[]; measure: Measure }) {
  const words = useWords();
  const format = useFormat();
  const [at, setAt] = useState<number | null>(null);
  const { width, height, left, every } = useNarrow() ? NARROW : WIDE;
  const show = measure === "paid_fen" ? format.yuan : format.count;
  const most = Math.max(...days.map((day) => day[measure]));
  const marks = ticks(most, measure === "paid_fen" ? 100 : 1);
  const top = marks.at(-1) ?? 1;
  const step = (width - left - RIGHT) / days.length;
  const y = (value: number) => TOP + (height - TOP - BOTTOM) * (1 - value / top);
  const day = at === null ? undefined : days[at];

  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    setAt((before) => Math.min(days.length - 1, Math.max(0, (before ?? days.length) + move)));
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the arrow keys walk along the days
    <figure
      className={styles["figure"]}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
      tabIndex={0}
      aria-label={words.overview.chart(measure === "paid_fen" ? words.overview.byPaid : words.overview.byOrders)}
      onKeyDown={onKeyDown}
      onMouseLeave={() => setAt(null)}
      onBlur={() => setAt(null)}
    >
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {marks.map((mark) => (
          <g key={mark} className={styles["mark"]}>
            <line x1={left} x2={width - RIGHT} y1={y(mark)} y2={y(mark)} />
            <text x={left - 10} y={y(mark) + 4} textAnchor="end">
              {show(mark)}
            </text>
          </g>
        ))}
        {days.map((each, index) => (
          <g key={each.date} onMouseEnter={() => setAt(index)}>
            <rect className={styles["reach"]} x={left + index * step} y={0} width={step} height={height} />
            <rect
              className={index === at ? styles["barAt"] : styles["bar"]}
              x={left + index * step + step * 0.18}
              width={step * 0.64}
              y={y(each[measure])}
              height={Math.max(0, height - BOTTOM - y(each[measure]))}
              rx={2}
            />
            {index % every === (days.length - 1) % every && (
              <text
                className={styles["label"]}
                x={left + (index + 0.5) * step}
                y={height - 6}
                textAnchor="middle"
              >
                {format.shortDay(each.date)}
              </text>
            )}
          </g>
        ))}
      </svg>
      <output className={styles["said"]} data-shown={day !== undefined}>
        {day &&
          words.overview.dayValue(format.day(day.date), format.money(day.paid_fen), format.count(day.orders))}
      </output>
    </figure>
  );
}

function Figures({ days }: { days: readonly Day[] }) {
  const words = useWords();
  const format = useFormat();
  return (
    <table className={styles["table"]}>
      <thead>
        <tr>
          <th scope="col">{words.overview.day}</th>
          <th scope="col" className="number">
            {words.overview.byPaid}
          </th>
          <th scope="col" className="number">
            {words.overview.byOrders}
          </th>
        </tr>
      </thead>
      <tbody>
        {days.toReversed().map((day) => (
          <tr key={day.date}>
            <th scope="row">{format.day(day.date)}</th>
            <td className="number">{format.money(day.paid_fen)}</td>
            <td className="number">{format.count(day.orders)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
