import type { UseQueryResult } from "@tanstack/react-query";
import { Pagination, Table } from "antd";
import type { ReactNode } from "react";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Records.module.css";
import { Await } from "./States";
import { PAGE_SIZE, useAddress } from "./useAddress";
import { useNarrow } from "./useMedia";

export interface Column<Row> {
  key: string;
  title: string;
  /** Figures stand at the right, under one another. */
  figure?: boolean;
  width?: number | string;
  cell: (row: Row) => ReactNode;
}

interface PageOf<Row> {
  items: Row[];
  total: number;
}

interface RecordsProps<Row> {
  label: string;
  query: UseQueryResult<PageOf<Row>>;
  rowKey: (row: Row) => string;
  columns: Column<Row>[];
  /** The same row on a phone. */
  card: (row: Row) => ReactNode;
  /** Clicking anywhere in the row does this too; the row's own button is for the keyboard. */
  onOpen?: (row: Row) => void;
  empty: ReactNode;
}

/** A list that the server pages: a table, or cards on a phone. */
export function Records<Row extends object>(props: RecordsProps<Row>) {
  const { label, query, rowKey, columns, card, onOpen, empty } = props;
  const words = useWords();
  const format = useFormat();
  const narrow = useNarrow();
  const address = useAddress();
  return (
    <section className={`card ${styles["records"]}`} aria-label={label} aria-busy={query.isFetching}>
      <Await query={query} rows={8}>
        {({ items, total }) =>
          items.length === 0 ? (
            empty
          ) : (
            <>
              {narrow ? (
                <ul className={styles["cards"]}>
                  {items.map((row) => (
                    <li key={rowKey(row)}>{card(row)}</li>
                  ))}
                </ul>
              ) : (
                <Table<Row>
                  className={query.isPlaceholderData ? styles["stale"] : ""}
                  rowKey={rowKey}
                  dataSource={items}
                  pagination={false}
                  sticky
                  onRow={(row) => (onOpen ? { onClick: () => onOpen(row), className: styles["opens"] } : {})}
                  columns={columns.map(({ key, title, figure, width, cell }) => ({
                    key,
                    title,
                    width,
                    align: figure ? ("right" as const) : ("left" as const),
                    render: (_: unknown, row: Row) => cell(row),
                  }))}
                />
              )}
              <footer className={styles["footer"]}>
                <span className="muted">{words.common.total(format.count(total))}</span>
                <Pagination
                  current={address.page}
                  total={total}
                  pageSize={PAGE_SIZE}
                  showSizeChanger={false}
                  hideOnSinglePage
                  simple={narrow}
                  onChange={(page) => {
                    address.set({ page: page > 1 ? String(page) : null }, { page: true });
                    window.scrollTo({ top: 0 });
                  }}
                />
              </footer>
            </>
          )
        }
      </Await>
    </section>
  );
}
