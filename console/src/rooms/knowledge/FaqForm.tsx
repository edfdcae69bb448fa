import { App, Button, Form, Input, Modal, Select } from "antd";
import type { Item } from "@/api/client";
import { useChange } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { useWords } from "@/words";
import styles from "./knowledge.module.css";

type Faq = Item<"knowledge.list_faqs">;

interface Given {
  question: string;
  similar?: string[];
  category?: string;
  answer: string;
  from?: string;
  until?: string;
}

interface FaqFormProps {
  faq: Faq | null;
  /** What a new answer is to. */
  question?: string;
  /** What a new answer begins as. */
  answer?: string;
  onClose: () => void;
  onSaved?: () => void;
}

/** Writes an answer, or changes `faq`; the two days are those on which it is told. */
export function FaqForm({ faq, question: asked = "", answer: said = "", onClose, onSaved }: FaqFormProps) {
  const words = useWords();
  const { message } = App.useApp();
  const save = useChange("knowledge.save_faq");
  const required = [{ required: true, whitespace: true, message: words.signIn.required }];
  const finish = ({ question, similar = [], category = "", answer, from, until }: Given) =>
    save.mutate(
      {
        ...(faq && { id: faq.id }),
        question,
        similar: similar.filter((wording) => wording.trim() !== ""),
        category: category.trim() || null,
        answer,
        valid_from: from || null,
        valid_until: until || null,
      },
      {
        onSuccess: () => {
          void message.success(words.answers.saved);
          onClose();
          onSaved?.();
        },
      },
    );
  return (
    <Modal
      open
      onCancel={onClose}
      title={faq ? words.answers.editFaq : words.answers.addFaq}
      footer={null}
      destroyOnHidden
    >
      <Form
        layout="vertical"
        initialValues={
          faq
            ? {
                question: faq.question,
                similar: faq.similar,
                category: faq.category ?? "",
                answer: faq.answer,
                from: faq.valid_from ?? "",
                until: faq.valid_until ?? "",
              }
            : { question: asked, answer: said }
        }
        onFinish={finish}
      >
        <Notice error={save.error} />
        <Form.Item name="question" label={words.answers.question} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="similar" label={words.answers.similarTitle} extra={words.answers.similarHint}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={["\n", "；", "|"]} maxCount={50} />
        </Form.Item>
        <Form.Item name="answer" label={words.answers.answer} rules={required}>
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={2000} />
        </Form.Item>
        <Form.Item name="category" label={words.bulk.categoryName}>
          <Input maxLength={200} />
        </Form.Item>
        <div className={styles["days"]}>
          <Form.Item name="from" label={words.answers.validFrom}>
            <Input type="date" />
          </Form.Item>
          <Form.Item
            name="until"
            label={words.answers.validUntil}
            extra={words.answers.validHint}
            dependencies={["from"]}
            rules={[
              ({ getFieldValue }) => ({
                validator: (_, until: string) =>
                  until && until < (getFieldValue("from") as string)
                    ? Promise.reject(new Error(words.answers.daysTurned))
                    : Promise.resolve(),
              }),
            ]}
          >
            <Input type="date" />
          </Form.Item>
        </div>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {words.common.save}
        </Button>
      </Form>
    </Modal>
  );
}
