import type { Got } from "@/api/client";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { comparison } from "./comparison";
import styles from "./Today.module.css";

type Compared = Got<"service.today">["questions"];

export interface FigureProps {
  name: string;
  figure: Compared | null;
  show: (value: number) => string;
  measure?: "amount" | "share";
  /** What to say where the day has no such figure. */
  missing: string | null;
}

/** One figure of the day: how much, how much is usual, and both as bars. */
export function DayFigure({ name, figure, show, measure = "amount", missing }: FigureProps) {
  const words = useWords();
  const format = useFormat();
  const value = figure?.value ?? null;
  const usual = figure?.usual ?? null;
  const found = comparison(value, usual, measure);
  const by = found && (measure === "share" ? format.count(found.by) : format.percent(found.by));
  const note = [
    usual === null ? words.today.noUsual : words.today.usual(show(usual)),
    found?.way === "same" ? words.today.same : found && by && words.today[found.way](by),
  ].filter(Boolean);
  return (
    <li className={styles["figure"]}>
      <span className={styles["name"]}>{name}</span>
      <span className={styles["value"]}>{value === null ? words.common.none : show(value)}</span>
      <span className={styles["note"]}>{value === null && missing ? missing : note.join(" · ")}</span>
      {figure && <Bars days={figure.days} show={show} />}
    </li>
  );
}

const HEIGHT = 40;
const STEP = 14;
const BAR = 9;

/** The like days and, in the colour of the shop, the day itself. */
function Bars({ days, show }: { days: Compared["days"]; show: (value: number) => string }) {
  const words = useWords();
  const format = useFormat();
  const most = Math.max(...days.map(({ value }) => value ?? 0));
  if (most === 0) return null;
  return (
    <svg className={styles["bars"]} viewBox={`0 0 ${STEP * days.length} ${HEIGHT}`} aria-hidden="true">
      {days.map(({ date, value }, index) => {
        const height = Math.max(1.5, ((value ?? 0) / most) * HEIGHT);
        return (
          <rect
            key={date}
            className={index === days.length - 1 ? styles["now"] : styles["before"]}
            data-known={value !== null}
            x={index * STEP}
            y={HEIGHT - height}
            width={BAR}
            height={height}
            rx={1.5}
          >
            {value !== null && <title>{words.today.dayValue(format.shortDay(date), show(value))}</title>}
          </rect>
        );
      })}
    </svg>
  );
}
