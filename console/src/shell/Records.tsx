import { useEffect, useRef, type ReactNode, type Ref } from "react";
import type { Rows } from "@/api/rows";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Records.module.css";
import { Failed, Loading } from "./States";
import { aligned, TableHead, type Column } from "./Table";
import table from "./Table.module.css";
import { useMedia } from "./useMedia";
import { usePrinting } from "./usePrinting";
import { useWindow } from "./useWindow";

export type { Column } from "./Table";

/** A browser draws no page that is much longer than fifteen million pixels. */
const MOST = 250_000;
const ROW_PX = 57;
const CARD_PX = 97;
/** Less than this a column without a width cannot do with; where it would get less, rows are cards. */
const FREE_PX = 150;
/** What stands beside a list: the navigation and the margins. */
const BESIDE_PX = 292;

interface RecordsProps<Row> {
  label: string;
  rows: Rows<Row>;
  rowKey: (row: Row) => string;
  columns: Column<Row>[];
  /** The same row on a phone. */
  card: (row: Row) => ReactNode;
  /** Clicking anywhere in the row does this too; the row's own button is for the keyboard. */
  onOpen?: (row: Row) => void;
  /** The height of a row and of a card in pixels, where two lines are not enough. */
  heights?: { row: number; card: number };
  empty: ReactNode;
}

/** A list of any length: a table, or cards on a phone, of which only what is near is made. */
export function Records<Row extends object>(props: RecordsProps<Row>) {
  const { label, rows, empty } = props;
  const { total } = rows;
  if (total === undefined) {
    return (
      <section className="card" aria-label={label} aria-busy={rows.isBusy}>
        {rows.error ? <Failed error={rows.error} retry={rows.retry} /> : <Loading rows={8} />}
      </section>
    );
  }
  if (total === 0) {
    return (
      <section className="card" aria-label={label}>
        {empty}
      </section>
    );
  }
  return <Long {...props} total={total} />;
}

function Long<Row extends object>(props: RecordsProps<Row> & { total: number }) {
  const { label, rows, total, heights, columns } = props;
  const words = useWords();
  const format = useFormat();
  const narrow = useMedia(`(max-width: ${columns.reduce((sum, { width = FREE_PX }) => sum + width, BESIDE_PX)}px)`);
  const printing = usePrinting();
  const height = narrow ? (heights?.card ?? CARD_PX) : (heights?.row ?? ROW_PX);
  const count = Math.min(total, MOST);
  const { place, shown } = useWindow(count, height);
  const { show, asked } = rows;
  useEffect(() => show(shown));
  useScrollUp(asked);
  // On paper stands what has come around the place one looks at.
  const { first, end } = printing ? { first: rows.come.first, end: Math.min(rows.come.end, count) } : shown;
  const Body = narrow ? Cards : Lines;
  return (
    <section
      className={`card ${styles["records"]} ${rows.isOld ? styles["stale"] : ""}`}
      aria-label={label}
      aria-busy={rows.isBusy}
    >
      <p className={`muted ${styles["count"]}`}>
        {words.common.total(format.count(total))}
        {total > MOST && <span>{words.common.longest(format.count(MOST))}</span>}
      </p>
      {rows.error && <Failed error={rows.error} retry={rows.retry} />}
      <Body
        {...props}
        height={height}
        first={first}
        made={range(first, end)}
        after={count - end}
        place={place}
      />
    </section>
  );
}

interface BodyProps<Row> extends RecordsProps<Row> {
  total: number;
  height: number;
  first: number;
  made: number[];
  after: number;
  place: Ref<HTMLElement>;
}

function Lines<Row extends object>({
  label, rows, rowKey, columns, onOpen, total, height, first, made, after, place,
}: BodyProps<Row>) {
  return (
    <table className={`${table["table"]} ${styles["table"]}`} aria-label={label} aria-rowcount={total + 1}>
      <TableHead columns={columns} />
      <tbody ref={place as Ref<HTMLTableSectionElement>}>
        <Space px={first * height} columns={columns.length} />
        {made.map((at) => {
          const row = rows.at(at);
          if (row === undefined) {
            return (
              <tr key={at} className={styles["coming"]} style={{ height }} aria-hidden="true">
                {columns.map((column) => (
                  <td key={column.key} className={aligned(column)}>
                    <i />
                  </td>
                ))}
              </tr>
            );
          }
          const id = rowKey(row);
          return (
            <tr
              key={at}
              data-row-key={id}
              aria-rowindex={at + 2}
              style={{ height }}
              {...(onOpen && { className: styles["opens"], onClick: () => onOpen(row) })}
            >
              {columns.map((column) => (
                <td key={column.key} className={aligned(column)}>
                  <div className={styles["cell"]} style={{ maxHeight: height - 9 }}>
                    {column.cell(row)}
                  </div>
                </td>
              ))}
            </tr>
          );
        })}
        <Space px={after * height} columns={columns.length} />
      </tbody>
    </table>
  );
}

function Space({ px, columns }: { px: number; columns: number }) {
  if (px === 0) return null;
  return (
    <tr className={styles["space"]} aria-hidden="true">
      <td colSpan={columns} style={{ height: px }} />
    </tr>
  );
}

function Cards<Row extends object>({ rows, card, total, height, first, made, after, place }: BodyProps<Row>) {
  return (
    <ul className={styles["cards"]} ref={place as Ref<HTMLUListElement>}>
      {first > 0 && <li className={styles["space"]} aria-hidden="true" style={{ height: first * height }} />}
      {made.map((at) => {
        const row = rows.at(at);
        return (
          <li key={at} style={{ height }} aria-setsize={total} aria-posinset={at + 1}>
            {row === undefined ? (
              <span className={styles["coming"]}>
                <i />
              </span>
            ) : (
              card(row)
            )}
          </li>
        );
      })}
      {after > 0 && <li className={styles["space"]} aria-hidden="true" style={{ height: after * height }} />}
    </ul>
  );
}

/** Another question is looked at from its beginning. */
function useScrollUp(asked: string): void {
  const before = useRef(asked);
  useEffect(() => {
    if (before.current !== asked) window.scrollTo({ top: 0 });
    before.current = asked;
  }, [asked]);
}

function range(first: number, end: number): number[] {
  return Array.from({ length: end - first }, (_, at) => first + at);
}
