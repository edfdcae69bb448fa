import { App, Button } from "antd";
import { useRef, type ChangeEvent } from "react";
import { Link } from "react-router";
import type { Item } from "@/api/client";
import { useChange } from "@/api/hooks";
import { useRows } from "@/api/rows";
import listStyles from "@/shell/list.module.css";
import { ImportOutlined } from "@/shell/icons";
import { Records, type Column } from "@/shell/Records";
import { Empty } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Evaluation.module.css";

type Case = Item<"service.list_cases">;

/** What a request may hold, less what JSON adds to the text. */
const LARGEST_BYTES = 1_000_000;

/** The tests: conversations, and what has to become of them. */
export function Cases({ works }: { works: boolean }) {
  const words = useWords();
  const format = useFormat();
  const rows = useRows("service.list_cases", {});
  const columns: Column<Case>[] = [
    { key: "question", title: words.evaluation.question, cell: (row) => <Question row={row} /> },
    { key: "expected", title: words.evaluation.expected, width: 250, cell: (row) => <Expected row={row} /> },
    { key: "made", title: words.evaluation.made, width: 160, cell: (row) => format.day(row.made_at) },
    ...(works ? [{ key: "remove", title: "", width: 90, cell: (row: Case) => <Remove row={row} /> }] : []),
  ];
  return (
    <section aria-labelledby="cases">
      <header className={styles["between"]}>
        <h2 id="cases">{words.evaluation.cases}</h2>
        {works && <Bring />}
      </header>
      <Records
        heights={{ row: 97, card: 129 }}
        label={words.evaluation.cases}
        rows={rows}
        rowKey={(row) => row.id}
        columns={columns}
        card={(row) => (
          <div className={listStyles["rowCard"]}>
            <span className={listStyles["rowText"]}>
              <Question row={row} />
              <span className={listStyles["between"]}>
                <span>
                  <Expected row={row} />
                </span>
                {works && <Remove row={row} />}
              </span>
            </span>
          </div>
        )}
        empty={
          <Empty title={words.evaluation.casesEmpty} hint={words.evaluation.casesEmptyHint}>
            <Link to="../ask">
              <Button>{words.evaluation.toAsk}</Button>
            </Link>
          </Empty>
        }
      />
    </section>
  );
}

function Question({ row }: { row: Case }) {
  const words = useWords();
  const about = [row.product_id, row.order_id].filter(Boolean).join(" · ");
  return (
    <>
      {row.earlier.length > 0 && (
        <small className="muted">{row.earlier.map(({ text }) => text).join(" / ")}</small>
      )}
      <p>{row.question}</p>
      <small className="muted">
        {row.kind === "kept" ? words.evaluation.kept : row.kind}
        {about && <span className="mono"> {about}</span>}
      </small>
    </>
  );
}

function Expected({ row }: { row: Case }) {
  const words = useWords();
  const names = words.ask.decisions as Record<string, string>;
  return (
    <>
      {row.decisions.map((decision) => names[decision] ?? decision).join(" / ")}
      {row.sources.length > 0 && <small className={`muted mono ${styles["sources"]}`}>{row.sources.join(", ")}</small>}
    </>
  );
}

function Remove({ row }: { row: Case }) {
  const words = useWords();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const remove = useChange("service.remove_case");
  const go = () =>
    remove.mutate(
      { id: row.id },
      { onSuccess: () => void message.success(words.evaluation.removed), onError: tell },
    );
  return (
    <Button
      type="text"
      danger
      size="small"
      loading={remove.isPending}
      aria-label={words.evaluation.removeThis(row.question)}
      onClick={go}
    >
      {words.evaluation.remove}
    </Button>
  );
}

function Bring() {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const bring = useChange("service.import_cases");
  const picker = useRef<HTMLInputElement>(null);
  const pick = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (!file) return;
    if (file.size > LARGEST_BYTES) {
      void message.error(words.evaluation.tooLarge);
      return;
    }
    bring.mutate(
      { text: await file.text() },
      {
        onSuccess: ({ cases }) => void message.success(words.evaluation.brought(format.count(cases))),
        onError: tell,
      },
    );
  };
  return (
    <>
      <Button icon={<ImportOutlined />} loading={bring.isPending} onClick={() => picker.current?.click()}>
        {words.evaluation.bring}
      </Button>
      <input ref={picker} type="file" hidden accept=".jsonl" data-testid="cases" onChange={(event) => void pick(event)} />
    </>
  );
}
