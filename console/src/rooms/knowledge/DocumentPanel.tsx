import { App, Button, Input } from "antd";
import { useRef, useState } from "react";
import type { Got } from "@/api/client";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Panel, Section } from "@/shell/Panel";
import { Await } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { useAddDocument } from "./addDocument";
import { ALWAYS } from "./clauses";
import { DocumentForm } from "./DocumentForm";
import styles from "./documents.module.css";
import { Standing } from "./Standing";

type Text = Got<"knowledge.get_document">;
type Clause = Text["clauses"][number];

/** A document clause by clause under its headings, with its versions. */
export function DocumentPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const words = useWords();
  const tell = useTellProblem();
  const { modal, message } = App.useApp();
  const owner = useRole() === "owner";
  const [shown, setShown] = useState({ id: "", on: "" });
  const on = shown.id === id ? shown.on : "";
  const query = useRead("knowledge.get_document", { id, ...(on && { on }) }, { enabled: id !== "" });
  const remove = useChange("knowledge.remove_document");
  const ask = (title: string) =>
    modal.confirm({
      title: words.documents.removeAsk(title),
      content: words.documents.removeHint,
      okText: words.documents.remove,
      okButtonProps: { danger: true },
      onOk: () => {
        onClose(); // Else what is gone would be read again.
        return remove
          .mutateAsync({ id })
          .then(() => message.success(words.documents.removed))
          .catch(tell);
      },
    });
  const title = query.data?.document.title ?? words.documents.title;
  return (
    <Panel
      open={id !== ""}
      onClose={onClose}
      title={title}
      extra={
        owner &&
        query.data && (
          <Button size="small" danger onClick={() => ask(title)}>
            {words.documents.remove}
          </Button>
        )
      }
    >
      <Await query={query}>
        {(text) => (
          <>
            <Section title={words.documents.versions}>
              <Versions text={text} onShow={(day) => setShown({ id, on: day })} />
              {owner && <NewVersion id={id} />}
            </Section>
            <Section title={words.documents.content}>
              <Content key={text.document.effective} text={text} />
            </Section>
          </>
        )}
      </Await>
    </Panel>
  );
}

function Versions({ text, onShow }: { text: Text; onShow: (day: string) => void }) {
  const words = useWords();
  const format = useFormat();
  const { document } = text;
  return (
    <ul className={styles["versions"]}>
      {document.versions.map((version) => (
        <li key={version.effective ?? ALWAYS}>
          <Standing version={version} />
          <span className="muted">{words.documents.clauses(format.count(version.clauses))}</span>
          {version.effective === document.effective ? (
            <span className="muted">{words.documents.shown}</span>
          ) : (
            <Button size="small" type="link" onClick={() => onShow(version.effective ?? ALWAYS)}>
              {words.documents.show}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function NewVersion({ id }: { id: string }) {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const add = useAddDocument();
  const [effective, setEffective] = useState("");
  const picker = useRef<HTMLInputElement>(null);
  const send = (file: File) =>
    add.mutate(
      { file, id, ...(effective && { effective }) },
      {
        onSuccess: ({ document }) =>
          void message.success(words.documents.added(document.title, format.count(document.clauses))),
        onError: tell,
      },
    );
  return (
    <div className={styles["newVersion"]}>
      <label>
        {words.documents.effective}
        <Input type="date" value={effective} onChange={(event) => setEffective(event.target.value)} />
      </label>
      <Button loading={add.isPending} onClick={() => picker.current?.click()}>
        {words.documents.newVersion}
      </Button>
      <input
        ref={picker}
        type="file"
        hidden
        data-testid="new-version"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) send(file);
        }}
      />
    </div>
  );
}

/** The clauses, or the form in which an owner corrects them. */
function Content({ text }: { text: Text }) {
  const words = useWords();
  const owner = useRole() === "owner";
  const [edits, setEdits] = useState(false);
  if (edits) return <DocumentForm text={text} onClose={() => setEdits(false)} />;
  return (
    <>
      {owner && (
        <Button size="small" onClick={() => setEdits(true)}>
          {words.policies.correct}
        </Button>
      )}
      <Clauses clauses={text.clauses} />
    </>
  );
}

function Clauses({ clauses }: { clauses: Clause[] }) {
  const words = useWords();
  return (
    <ol className={styles["clauses"]}>
      {clauses.map((clause, index) => (
        <li key={clause.id}>
          {clause.heading && clause.heading !== clauses[index - 1]?.heading && <h4>{clause.heading}</h4>}
          <p>
            <span aria-label={words.answers.clause(String(index + 1))}>{index + 1}</span>
            <span>{clause.text}</span>
          </p>
        </li>
      ))}
    </ol>
  );
}
