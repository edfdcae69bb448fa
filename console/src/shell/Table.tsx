import type { ReactNode } from "react";
import styles from "./Table.module.css";

export interface Column<Row> {
  key: string;
  title: string;
  /** Figures stand at the right, under one another. */
  figure?: boolean;
  width?: number;
  cell: (row: Row) => ReactNode;
}

interface TableProps<Row> {
  label?: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
}

/** A short list with all its rows; `Records` is for those that have no end. */
export function Table<Row>({ label, columns, rows, rowKey }: TableProps<Row>) {
  return (
    <table className={styles["table"]} aria-label={label}>
      <TableHead columns={columns} />
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} data-row-key={rowKey(row)}>
            {columns.map((column) => (
              <td key={column.key} className={aligned(column)}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function TableHead<Row>({ columns }: { columns: Column<Row>[] }) {
  return (
    <>
      <colgroup>
        {columns.map(({ key, width }) => (
          <col key={key} style={width ? { width } : undefined} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" className={aligned(column)}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
    </>
  );
}

export function aligned({ figure }: { figure?: boolean }): string {
  return (figure ? styles["figure"] : styles["text"]) ?? "";
}
