import { ticks } from "@/rooms/shop/ticks";
import { useNarrow } from "@/shell/useMedia";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Models.module.css";
import { stacks, type By, type Measure, type Usage } from "./usage";

/** In units of the drawing, which are pixels where the screen is as wide; so many labels fit. */
const WIDE = { width: 960, height: 220, labels: 10 };
const NARROW = { width: 330, height: 190, labels: 4 };
const LEFT = 68;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 26;

/** What each day came to, a bar of its parts for each day. */
export function Trend({ usage, measure, by }: { usage: Usage; measure: Measure; by: By }) {
  const { models } = useWords();
  const format = useFormat();
  const { width, height, labels } = useNarrow() ? NARROW : WIDE;
  const { days, parts, totals } = stacks(usage, measure, by);
  const show = measure === "cost" ? format.cost : format.count;
  const marks = ticks(Math.max(...totals), 1);
  const top = marks.at(-1) ?? 1;
  const step = (width - LEFT - RIGHT) / days.length;
  const every = Math.ceil(days.length / labels);
  const tall = (value: number) => ((height - TOP - BOTTOM) * value) / top;
  const y = (value: number) => height - BOTTOM - tall(value);
  const nameOf = (name: string | null) => name ?? models.rest;
  return (
    <figure aria-label={models.trendOf(models.measures[measure])}>
      <svg className={styles["chart"]} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {marks.map((mark) => (
          <g key={mark} className={styles["mark"]}>
            <line x1={LEFT} x2={width - RIGHT} y1={y(mark)} y2={y(mark)} />
            <text x={LEFT - 8} y={y(mark) + 4} textAnchor="end">
              {show(mark)}
            </text>
          </g>
        ))}
        {days.map((day, index) => {
          const bar = { x: LEFT + index * step + step * 0.18, width: step * 0.64 };
          const told = parts
            .filter(({ values }) => values[index])
            .map(({ name, values }) => models.part(nameOf(name), show(values[index])))
            .join(models.and);
          let below = 0;
          return (
            <g key={day}>
              {told && <title>{models.dayValue(format.day(day), show(totals[index]), told)}</title>}
              {parts.map(({ name, values }, part) => {
                const value = values[index] ?? 0;
                below += value;
                return (
                  <rect key={name} data-part={name === null ? "rest" : part} {...bar} y={y(below)} height={tall(value)} />
                );
              })}
              {(days.length - 1 - index) % every === 0 && (
                <text className={styles["label"]} x={LEFT + (index + 0.5) * step} y={height - 6} textAnchor="middle">
                  {format.shortDay(day)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <figcaption className={styles["legend"]}>
        {parts.map(({ name }, part) => (
          <span key={name} data-part={name === null ? "rest" : part}>
            {nameOf(name)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
