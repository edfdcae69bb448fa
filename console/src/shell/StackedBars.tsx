import { useNarrow } from "@/shell/useMedia";
import { ticks } from "@/shell/ticks";
import { useFormat } from "@/words/format";
import styles from "./StackedBars.module.css";

/** In units of the drawing, which are pixels where the screen is as wide; so many labels fit. */
const WIDE = { width: 960, height: 220, labels: 10 };
const NARROW = { width: 330, height: 190, labels: 4 };
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 26;

/** One part of every bar; the first is at the bottom. `rest` is what has no colour of its own. */
export interface Part {
  key: string;
  name: string;
  values: readonly number[];
  tone: 0 | 1 | 2 | 3 | "rest";
}

/** A bar of its parts for each day. `label` says what is seen, `show` writes an amount, and `told` what a day came to,
 * nothing where it came to nothing; `left` is the room for the amounts. */
export function StackedBars({
  label,
  days,
  parts,
  show,
  told,
  left,
}: {
  label: string;
  days: readonly string[];
  parts: readonly Part[];
  show: (value: number) => string;
  told: (index: number) => string | undefined;
  left: number;
}) {
  const format = useFormat();
  const { width, height, labels } = useNarrow() ? NARROW : WIDE;
  const totals = days.map((_, index) => parts.reduce((sum, { values }) => sum + (values[index] ?? 0), 0));
  const marks = ticks(Math.max(...totals), 1);
  const top = marks.at(-1) ?? 1;
  const step = (width - left - RIGHT) / days.length;
  const every = Math.ceil(days.length / labels);
  const tall = (value: number) => ((height - TOP - BOTTOM) * value) / top;
  const y = (value: number) => height - BOTTOM - tall(value);
  return (
    <figure aria-label={label}>
      <svg className={styles["chart"]} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {marks.map((mark) => (
          <g key={mark} className={styles["mark"]}>
            <line x1={left} x2={width - RIGHT} y1={y(mark)} y2={y(mark)} />
            <text x={left - 8} y={y(mark) + 4} textAnchor="end">
              {show(mark)}
            </text>
          </g>
        ))}
        {days.map((day, index) => {
          const title = told(index);
          let below = 0;
          return (
            <g key={day}>
              {title && <title>{title}</title>}
              {parts.map(({ key, values, tone }) => {
                const value = values[index] ?? 0;
                below += value;
                return (
                  <rect
                    key={key}
                    data-part={tone}
                    x={left + index * step + step * 0.18}
                    width={step * 0.64}
                    y={y(below)}
                    height={tall(value)}
                  />
                );
              })}
              {(days.length - 1 - index) % every === 0 && (
                <text className={styles["label"]} x={left + (index + 0.5) * step} y={height - 6} textAnchor="middle">
                  {format.shortDay(day)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <figcaption className={styles["legend"]}>
        {parts.map(({ key, name, tone }) => (
          <span key={key} data-part={tone}>
            {name}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
