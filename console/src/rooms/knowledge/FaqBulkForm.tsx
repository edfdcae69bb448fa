import { AutoComplete, Button, Form, Input, Modal } from "antd";
import type { Given } from "@/api/client";
import { Notice } from "@/shell/Notice";
import { useWords } from "@/words";
import styles from "./knowledge.module.css";

export type Change = Omit<Given<"knowledge.change_faqs">, "ids">;

interface FaqBulkFormProps {
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
export function FaqBulkForm({ what, categories, error, busy, onClose, onGiven }: FaqBulkFormProps) {
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
