import { Tooltip } from "antd";
import { comparison } from "@/rooms/shop/comparison";
import { useFormat, type Format } from "@/words/format";
import { useWords, type Words } from "@/words";
import type { Report } from "./ServiceReport";
import styles from "./ServiceReport.module.css";

type Shown = Report["figures"][number];

/** A figure, what it was before, and on its name how it is counted. */
export function Figure({ figure }: { figure: Shown }) {
  const words = useWords();
  const format = useFormat();
  const { insight, today } = words;
  const show = (value: number) => shown(figure.unit, value, words, format);
  const value = figure.value ?? null;
  const before = figure.before ?? null;
  const measure = figure.unit === "share" ? "share" : "amount";
  const found = comparison(value, before, measure);
  const by = found && (measure === "share" ? format.count(found.by) : format.percent(found.by));
  const notes = [
    !!figure.n &&
      (figure.of == null
        ? insight.among(format.count(figure.n))
        : insight.of(format.count(figure.of), format.count(figure.n))),
    figure.low != null && figure.high != null && insight.interval(show(figure.low), show(figure.high)),
    before === null ? insight.noBefore : insight.before(show(before)),
    found?.way === "same" ? today.same : found && by && today[found.way](by),
  ].filter(Boolean);
  return (
    <li className={styles["figure"]}>
      <Tooltip title={figure.definition} trigger={["hover", "focus", "click"]}>
        <button type="button" className={`plain ${styles["name"]}`} aria-label={insight.definition(figure.title)}>
          {figure.title}
        </button>
      </Tooltip>
      <span className={styles["value"]}>{value === null ? words.common.none : show(value)}</span>
      <span className={styles["note"]}>{notes.join(" · ")}</span>
    </li>
  );
}

function shown(unit: Shown["unit"], value: number, { insight }: Words, format: Format): string {
  if (unit === "share") return format.percent(value, 1);
  if (unit === "seconds") return insight.seconds(format.count(Math.round(value * 10) / 10));
  if (unit === "minutes") return insight.minutes(format.count(Math.round(value)));
  if (unit === "fen") return format.money(value);
  return format.count(value);
}
