import { Link } from "react-router";
import type { Item } from "@/api/client";
import { useRead, useRole } from "@/api/hooks";
import { Page } from "@/shell/Page";
import { Await, Empty } from "@/shell/States";
import { Table } from "@/shell/Table";
import { useNarrow } from "@/shell/useMedia";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { Dropzone } from "./Dropzone";
import { ImportState } from "./ImportState";
import styles from "./Imports.module.css";
import { useArrival } from "./useArrival";

type Import = Item<"shop.list_imports">;

export function Component() {
  const words = useWords();
  const owner = useRole() === "owner";
  useArrival();
  return (
    <Page title={words.imports.title} lead={words.imports.lead}>
      {owner ? (
        <>
          <Dropzone />
          <div className={styles["known"]}>
            <h2>{words.imports.accepts}</h2>
            <ul>
              {words.imports.kinds.map((kind) => (
                <li key={kind}>{kind}</li>
              ))}
            </ul>
          </div>
        </>
      ) : (
        <p className="muted">{words.imports.ownerOnly}</p>
      )}
      <History />
    </Page>
  );
}

function History() {
  const words = useWords();
  const query = useRead("shop.list_imports", {});
  return (
    <section className={styles["history"]} aria-labelledby="import-history">
      <h2 id="import-history">{words.imports.history}</h2>
      <div className="card">
        <Await query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={words.imports.historyEmpty} hint={words.imports.historyEmptyHint} />
            ) : (
              <Rows items={items} />
            )
          }
        </Await>
      </div>
    </section>
  );
}

function Rows({ items }: { items: Import[] }) {
  const words = useWords();
  const format = useFormat();
  const narrow = useNarrow();
  const files = ({ files: paths }: Import) => {
    const first = paths[0] ?? words.common.none;
    return paths.length > 1 ? `${first} +${paths.length - 1}` : first;
  };
  if (narrow) {
    return (
      <ul className={styles["rows"]}>
        {items.map((row) => (
          <li key={row.id}>
            <Link to={row.id}>{format.time(row.created_at)}</Link> <ImportState state={row.state} />
            <p className="muted">{files(row)}</p>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <Table<Import>
      rows={items}
      rowKey={(row) => row.id}
      columns={[
        {
          key: "when",
          title: words.imports.when,
          width: 180,
          cell: (row) => <Link to={row.id}>{format.time(row.created_at)}</Link>,
        },
        { key: "files", title: words.imports.files, cell: (row) => files(row) },
        {
          key: "accepted",
          title: words.imports.accepted,
          figure: true,
          width: 110,
          cell: (row) => format.count(row.accepted),
        },
        {
          key: "rejected",
          title: words.imports.rejected,
          figure: true,
          width: 110,
          cell: (row) => (
            <span className={row.rejected ? styles["refused"] : undefined}>{format.count(row.rejected)}</span>
          ),
        },
        {
          key: "state",
          title: words.imports.state,
          width: 130,
          cell: (row) => <ImportState state={row.state} />,
        },
      ]}
    />
  );
}
