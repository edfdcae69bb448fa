import { App, Button } from "antd";
import { useRef, useState, type ChangeEvent } from "react";
import { FileAddOutlined } from "@/shell/icons";
import { useDropping } from "@/shell/useDropping";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { useAddDocument } from "./addDocument";
import styles from "./documents.module.css";

/** Where documents are dropped; each becomes one of its own. */
export function DocumentDrop() {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const add = useAddDocument();
  const [left, setLeft] = useState(0);
  const picker = useRef<HTMLInputElement>(null);

  const send = async (files: File[]) => {
    setLeft(files.length);
    for (const file of files) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- the server opens each in a process of its own
        const { document, unread_pages: unread } = await add.mutateAsync({ file });
        void message.success(words.documents.added(document.title, format.count(document.clauses)));
        if (unread.length > 0) void message.warning(words.documents.unread(unread.join(", ")), 8);
      } catch (error) {
        tell(error);
      }
      setLeft((before) => before - 1);
    }
  };
  const { over, place } = useDropping((event) => {
    event.preventDefault();
    void send([...event.dataTransfer.files]);
  });
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])];
    event.target.value = "";
    void send(files);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping has no key; the button does the same
    <section
      className={`${styles["drop"]} ${over ? styles["over"] : ""}`}
      aria-label={words.documents.drop}
      aria-busy={left > 0}
      {...place}
    >
      <div>
        <p className={styles["dropTitle"]}>
          {left > 0 ? words.documents.reading(format.count(left)) : words.documents.drop}
        </p>
        <p className="muted">{words.documents.dropHint}</p>
      </div>
      <Button type="primary" icon={<FileAddOutlined />} loading={left > 0} onClick={() => picker.current?.click()}>
        {words.documents.pick}
      </Button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        accept=".md,.markdown,.txt,.docx,.pdf,.xlsx,.xls"
        data-testid="documents"
        onChange={pick}
      />
    </section>
  );
}
