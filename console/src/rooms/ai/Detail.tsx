import { Table, type Column } from "@/shell/Table";
import { useNarrow } from "@/shell/useMedia";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Models.module.css";
import { added, sums, type Sum, type Usage } from "./usage";

/** What each room's calls to each model came to; a table, or on a phone a list. */
export function Detail({ items }: { items: Usage["items"] }) {
  const { models } = useWords();
  const format = useFormat();
  const narrow = useNarrow();
  const rows = sums(items);
  const all: Sum = { ...added(items), room: "", room_name: models.all, model: "" };
  const shown = rows.length > 1 ? [...rows, all] : rows;
  const madeOf = (row: Sum) =>
    [
      row.pictures > 0 && models.pictures(format.count(row.pictures)),
      row.seconds > 0 && models.seconds(format.count(Math.round(row.seconds))),
      row.characters > 0 && models.characters(format.count(row.characters)),
    ]
      .filter(Boolean)
      .join(" ") || "–";
  const columns: Column<Sum>[] = [
    { key: "room", title: models.room, cell: (row) => row.room_name },
    { key: "model", title: models.model, cell: (row) => <span className="mono">{row.model}</span> },
    { key: "calls", title: models.calls, figure: true, cell: (row) => format.count(row.calls) },
    { key: "failed", title: models.failed, figure: true, cell: (row) => format.count(row.failed) },
    { key: "read", title: models.read, figure: true, cell: (row) => format.count(row.read) },
    { key: "written", title: models.written, figure: true, cell: (row) => format.count(row.written) },
    { key: "made", title: models.made, figure: true, cell: (row) => madeOf(row) },
    { key: "ms", title: models.mean, figure: true, cell: (row) => models.ms(format.count(row.ms)) },
    { key: "cost", title: models.cost, figure: true, cell: (row) => format.cost(row.cost_micro) },
  ];
  return (
    <section aria-labelledby="models-detail">
      <h3 id="models-detail" className={styles["heading"]}>
        {models.detail}
      </h3>
      <div className="card">
        {narrow ? (
          <ul className={styles["lines"]} aria-labelledby="models-detail">
            {shown.map((row) => (
              <li key={keyOf(row)}>
                <div className={styles["line"]}>
                  <span className={styles["grow"]}>
                    {row.room_name} <span className="mono">{row.model}</span>
                  </span>
                  <b>{format.cost(row.cost_micro)}</b>
                </div>
                <small className="muted">
                  {columns
                    .slice(2, -1)
                    .map(({ title, cell }) => `${title} ${String(cell(row))}`)
                    .join(" · ")}
                </small>
              </li>
            ))}
          </ul>
        ) : (
          <Table label={models.detail} columns={columns} rows={shown} rowKey={keyOf} />
        )}
      </div>
    </section>
  );
}

function keyOf(row: Sum): string {
  return `${row.room} ${row.model}`;
}
