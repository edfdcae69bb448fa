import { App, Button, Form } from "antd";
import type { Got } from "@/api/client";
import { useChange } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { useWords } from "@/words";
import { ClauseEditor } from "./ClauseEditor";
import { keyed, written, type Clause } from "./clauses";
import styles from "./clauses.module.css";

const LONGEST_CLAUSE = 200;

interface DocumentFormProps {
  text: Got<"knowledge.get_document">;
  /** The clause to begin with, counted from 1. */
  focus?: number | undefined;
  onClose: () => void;
  onSaved?: (() => void) | undefined;
}

/** Corrects by hand what a version of a document says, clause by clause. */
export function DocumentForm({ text, focus, onClose, onSaved }: DocumentFormProps) {
  const words = useWords();
  const { message } = App.useApp();
  const save = useChange("knowledge.save_document");
  const { id, effective } = text.document;
  const finish = ({ clauses }: { clauses: Clause[] }) =>
    save.mutate(
      {
        id,
        effective,
        clauses: written(clauses).map(({ heading, text: said }) => ({ heading, text: said })),
      },
      {
        onSuccess: () => {
          void message.success(words.policies.saved);
          onClose();
          onSaved?.();
        },
      },
    );
  return (
    <Form layout="vertical" initialValues={{ clauses: keyed(text.clauses) }} onFinish={finish}>
      <Notice error={save.error} />
      <Form.Item
        name="clauses"
        label={words.policies.clauses}
        extra={words.policies.clausesHint}
        rules={[
          {
            validator: (_, clauses: Clause[]) =>
              written(clauses).length > 0 ? Promise.resolve() : Promise.reject(new Error(words.policies.noClauses)),
          },
        ]}
      >
        <ClauseEditor headed longest={LONGEST_CLAUSE} focus={focus} />
      </Form.Item>
      <footer className={styles["footer"]}>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {words.common.save}
        </Button>
        <Button onClick={onClose}>{words.common.cancel}</Button>
      </footer>
    </Form>
  );
}
