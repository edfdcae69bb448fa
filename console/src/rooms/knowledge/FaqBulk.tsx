import { AutoComplete, Button, Checkbox, Form, Input, Modal } from "antd";
import { useState } from "react";
import type { Given, Got } from "@/api/client";
import { useChange } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { useTellProblem } from "@/shell/useProblem";
import { useUndo } from "@/shell/useUndo";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./knowledge.module.css";

type Change = Omit<Given<"knowledge.change_faqs">, "ids">;

interface FaqBulkProps {
  /** The answers of the page, and those of them that are chosen. */
  shown: string[];
  chosen: string[];
  categories: string[];
  onChoose: (ids: string[]) => void;
}

/** What is done to the chosen answers at once; each can be taken back from the notice that tells of it. */
export function FaqBulk({ shown, chosen, categories, onChoose }: FaqBulkProps) {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const offerUndo = useUndo();
  const [asked, setAsked] = useState<"category" | "days" | null>(null);
  const remove = useChange("knowledge.remove_faqs");
  const change = useChange("knowledge.change_faqs");
  const restore = useChange("knowledge.restore_faqs");
  const said = format.count(chosen.length);
  const none = chosen.length === 0;

  const done = (title: string, { items }: Got<"knowledge.remove_faqs">) => {
    onChoose([]);
    setAsked(null);
    offerUndo(title, () => void restore.mutateAsync({ items }).catch(tell));
  };
  const take = () =>
    void remove
      .mutateAsync({ ids: chosen })
      .then((former) => done(words.bulk.removed(said), former))
      .catch(tell);
  const put = (changes: Change) =>
    void change
      .mutateAsync({ ids: chosen, ...changes })
      .then((former) => done(words.bulk.changed(said), former))
      .catch(() => undefined); // It stands in the form.
  return (
    <div className={styles["selection"]}>
      <Checkbox
        checked={chosen.length === shown.length}
        indeterminate={!none && chosen.length < shown.length}
        onChange={(event) => onChoose(event.target.checked ? shown : [])}
      >
        {words.answers.selectAll}
      </Checkbox>
      <span className="muted">{!none && words.answers.selected(said)}</span>
      <Button disabled={none} onClick={() => setAsked("category")}>
        {words.bulk.category}
      </Button>
      <Button disabled={none} onClick={() => setAsked("days")}>
        {words.bulk.days}
      </Button>
      <Button danger disabled={none} loading={remove.isPending} onClick={take}>
        {words.documents.remove}
      </Button>
      {asked && (
        <Ask
          what={asked}
          categories={categories}
          error={change.error}
          busy={change.isPending}
          onClose={() => {
            change.reset();
            setAsked(null);
          }}
          onGiven={put}
        />
      )}
    </div>
  );
}

interface AskProps {
  what: "category" | "days";
  categories: string[];
  error: unknown;
  busy: boolean;
  onClose: () => void;
  onGiven: (changes: Change) => void;
}

interface Answer {
  category?: string;
  from?: string;
  until?: string;
}

/** The one value that all of them get. */
function Ask({ what, categories, error, busy, onClose, onGiven }: AskProps) {
  const words = useWords();
  const finish = ({ category, from, until }: Answer) =>
    onGiven(
      what === "category"
        ? { sets: [what], category: category?.trim() || null }
        : { sets: [what], valid_from: from || null, valid_until: until || null },
    );
  return (
    <Modal open onCancel={onClose} title={words.bulk[what]} footer={null} destroyOnHidden>
      <Form name="bulk" layout="vertical" onFinish={finish}>
        <Notice error={error} />
        {what === "category" ? (
          <Form.Item name="category" label={words.bulk.categoryName} extra={words.bulk.categoryHint}>
            <AutoComplete options={categories.map((value) => ({ value }))} maxLength={200} />
          </Form.Item>
        ) : (
          <div className={styles["days"]}>
            <Form.Item name="from" label={words.answers.validFrom}>
              <Input type="date" />
            </Form.Item>
            <Form.Item name="until" label={words.answers.validUntil} extra={words.answers.validHint}>
              <Input type="date" />
            </Form.Item>
          </div>
        )}
        <Button type="primary" htmlType="submit" loading={busy}>
          {words.common.save}
        </Button>
      </Form>
    </Modal>
  );
}
