import { DownloadOutlined, UndoOutlined } from "@/shell/icons";
import { Alert, App, Button } from "antd";
import { Link } from "react-router";
import type { Got } from "@/api/client";
import { download as saveFile } from "@/api/download";
import { useChange, useRole } from "@/api/hooks";
import { Table } from "@/shell/Table";
import { useTellProblem } from "@/shell/useProblem";
import { useShopId } from "@/shell/useShopId";
import { useFormat } from "@/words/format";
import { useWords, type Words } from "@/words";
import styles from "./ImportReport.module.css";

type Import = Got<"shop.get_import">;
type Counts = Words["imports"]["counts"];

/** What came of an import. */
export function ImportReport({ found }: { found: Import }) {
  const words = useWords();
  const shop = useShopId();
  const format = useFormat();
  const tell = useTellProblem();
  const { modal } = App.useApp();
  const owner = useRole() === "owner";
  const undo = useChange("shop.undo_import");
  const start = useChange("shop.start_import");
  const refused = found.files.reduce((sum, file) => sum + file.rejected, 0);
  const problems = found.files.reduce((sum, file) => sum + file.problem_count, 0);
  const took =
    found.started_at && found.finished_at
      ? (Date.parse(found.finished_at) - Date.parse(found.started_at)) / 1000
      : null;

  const ask = () =>
    modal.confirm({
      title: words.imports.undoAsk,
      content: words.imports.undoHint,
      okText: words.imports.undo,
      okButtonProps: { danger: true },
      onOk: () => undo.mutateAsync({ import_id: found.id }).catch(tell),
    });
  const download = () => saveProblems(shop, found.id).catch(tell);

  return (
    <div className={styles["report"]}>
      <section className={`card ${styles["summary"]}`}>
        <h2>{headline(found, refused, words, format.count(refused))}</h2>
        {found.state === "undone" && <p className="muted">{words.imports.undoneLead}</p>}
        {found.error && <Alert type="error" showIcon title={found.error} />}
        {took !== null && <p className="muted">{words.imports.took(format.duration(took))}</p>}
        {found.counts && found.state === "done" && (
          <>
          <h3 className={styles["caption"]}>{words.imports.shopNow}</h3>
          <dl className={styles["counts"]}>
            {(Object.keys(words.imports.counts) as (keyof Counts)[]).map((name) => (
              <div key={name}>
                <dt>{words.imports.counts[name]}</dt>
                <dd>
                  {name === "paid_fen"
                    ? format.money(found.counts?.[name])
                    : format.count(found.counts?.[name])}
                </dd>
              </div>
            ))}
          </dl>
          </>
        )}
        <div className={styles["actions"]}>
          {found.state === "done" && (
            <>
              <Link to="../orders">
                <Button type="primary">{words.imports.see.orders}</Button>
              </Link>
              <Link to="../ask">
                <Button>{words.imports.see.ask}</Button>
              </Link>
            </>
          )}
          {owner && found.state === "failed" && (
            <Button
              type="primary"
              loading={start.isPending}
              onClick={() => start.mutate({ import_id: found.id, mappings: {}, kinds: {} }, { onError: tell })}
            >
              {words.imports.stopped}
            </Button>
          )}
          {owner && (
            <Link to="../import">
              <Button>{words.imports.another}</Button>
            </Link>
          )}
          {owner && (found.state === "done" || found.state === "failed") && (
            <Button type="text" danger icon={<UndoOutlined />} onClick={ask}>
              {words.imports.undo}
            </Button>
          )}
        </div>
      </section>
      <Files files={found.files} />
      {found.state !== "undone" && (
        <section aria-labelledby="import-problems">
          <div className={styles["between"]}>
            <h2 id="import-problems">{words.imports.problems}</h2>
            {problems > 0 && (
              <Button icon={<DownloadOutlined />} onClick={download}>
                {words.imports.download}
              </Button>
            )}
          </div>
          {problems === 0 ? (
            <p className="muted">{words.imports.noProblems}</p>
          ) : (
            <Problems files={found.files} total={problems} />
          )}
        </section>
      )}
    </div>
  );
}

function headline(found: Import, refused: number, words: Words, said: string): string {
  if (found.state === "undone") return words.imports.undoneTitle;
  if (found.state === "failed") return words.imports.failedTitle;
  return refused ? words.imports.doneWithRefused(said) : words.imports.doneTitle;
}

function Files({ files }: { files: Import["files"] }) {
  const words = useWords();
  const format = useFormat();
  return (
    <section>
      <h2>{words.imports.files}</h2>
      <ul className={`card ${styles["files"]}`}>
        {files.map((file) => (
          <li key={file.id}>
            <span className={styles["path"]}>
              {file.path}
              <small className="muted">
                {[file.kind_name, file.encoding, format.bytes(file.bytes)].filter(Boolean).join(" · ")}
              </small>
              {file.error && <small className={styles["bad"]}>{file.error}</small>}
            </span>
            <span className={styles["figures"]}>
              <span>
                <small className="muted">{words.imports.accepted}</small>
                {format.count(file.accepted)}
              </span>
              <span className={file.rejected ? styles["bad"] : ""}>
                <small className="muted">{words.imports.rejected}</small>
                {format.count(file.rejected)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Problems({ files, total }: { files: Import["files"]; total: number }) {
  const words = useWords();
  const format = useFormat();
  const rows = files.flatMap((file) =>
    file.problems.map((problem, index) => ({ ...problem, path: file.path, key: `${file.id}.${index}` })),
  );
  return (
    <div className={`card ${styles["problems"]}`}>
      <Table
        rows={rows}
        rowKey={(row) => row.key}
        columns={[
          { key: "path", title: words.imports.files, cell: (row) => row.path },
          {
            key: "row",
            title: words.imports.row,
            figure: true,
            cell: (row) => (row.row ? format.count(row.row) : words.imports.wholeFile),
          },
          { key: "column", title: words.imports.column, cell: (row) => row.column ?? words.common.none },
          {
            key: "reason",
            title: words.imports.reason,
            cell: (row) => (
              <span className={styles["reason"]}>
                <b className={row.refused ? styles["bad"] : styles["remark"]}>
                  {row.refused ? words.imports.refused : words.imports.remark}
                </b>{" "}
                {row.reason}
              </span>
            ),
          },
        ]}
      />
      {total > rows.length && (
        <p className={styles["note"]}>
          {words.imports.problemsOf(format.count(rows.length), format.count(total))}
        </p>
      )}
    </div>
  );
}

/** Saves the refused rows. */
function saveProblems(shop: string, id: string): Promise<Headers> {
  const address = `/api/shops/${encodeURIComponent(shop)}/imports/${encodeURIComponent(id)}/problems.csv`;
  return saveFile(address, `${id}-problems.csv`);
}
