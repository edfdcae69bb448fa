import type { UseQueryResult } from "@tanstack/react-query";
import { Button } from "antd";
import { Suspense, useState, type ReactNode } from "react";
import { PlusOutlined } from "@/shell/icons";
import { Await, Empty } from "@/shell/States";
import settings from "../settings.module.css";

interface ConnectionsProps<Row> {
  said: { title: string; lead: string; guide: string; add: string; empty: string; emptyHint: string };
  query: UseQueryResult<{ items: Row[] }>;
  /** The one that is looked at, and how another is. */
  looked: string | null;
  open: (id: string | null) => void;
  line: (row: Row, onOpen: () => void) => ReactNode;
  form: (onClose: () => void) => ReactNode;
  panel: (row: Row, onClose: () => void) => ReactNode;
}

/** The systems outside that a shop is connected with: all of a kind, a new one, and one in its panel. */
export function Connections<Row extends { id: string }>(props: ConnectionsProps<Row>) {
  const { said, query, looked, open, line, form, panel } = props;
  const [adding, setAdding] = useState(false);
  const opened = query.data?.items.find(({ id }) => id === looked);
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {said.add}
    </Button>
  );
  return (
    <section className={settings["panel"]}>
      <div className={settings["between"]}>
        <p className="muted">
          {said.lead} {said.guide}
        </p>
        {query.data !== undefined && query.data.items.length > 0 && add}
      </div>
      <div className="card">
        <Await query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={said.empty} hint={said.emptyHint}>
                {add}
              </Empty>
            ) : (
              <ul className={settings["rows"]} aria-label={said.title}>
                {items.map((row) => (
                  <li key={row.id}>{line(row, () => open(row.id))}</li>
                ))}
              </ul>
            )
          }
        </Await>
      </div>
      <Suspense fallback={null}>
        {adding && form(() => setAdding(false))}
        {opened && panel(opened, () => open(null))}
      </Suspense>
    </section>
  );
}
