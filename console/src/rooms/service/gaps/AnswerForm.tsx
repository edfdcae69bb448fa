import { Button, Form, Input, Radio, Select } from "antd";
import { Notice } from "@/shell/Notice";
import { useWords } from "@/words";

export interface Answer {
  question: string;
  similar: string[];
  answer: string;
  faq_id: string | null;
}

interface AnswerFormProps {
  question: string;
  /** Other ways to ask; undefined where there is but one. */
  similar?: string[] | undefined;
  answer: string;
  /** An answer in force that says nearly the same. */
  like: { id: string; question: string } | null;
  error: unknown;
  isSaving: boolean;
  label: string;
  onSave: (given: Answer) => void;
}

interface Given {
  where: "like" | "new";
  question: string;
  similar?: string[];
  answer?: string;
}

/** What people said, made an answer of its own or another wording of one that is there. */
export function AnswerForm({ question, similar, answer, like, error, isSaving, label, onSave }: AnswerFormProps) {
  const words = useWords();
  const [form] = Form.useForm<Given>();
  const joins = Form.useWatch("where", form) === "like";
  const required = [{ required: true, whitespace: true, message: words.signIn.required }];
  const finish = (given: Given) =>
    onSave({
      question: given.question.trim(),
      similar: (given.similar ?? []).map((text) => text.trim()).filter(Boolean),
      answer: given.answer?.trim() || answer || given.question,
      faq_id: given.where === "like" && like ? like.id : null,
    });
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={{ where: like ? "like" : "new", question, similar, answer } satisfies Partial<Given>}
      onFinish={finish}
    >
      <Notice error={error} />
      <Form.Item name="where" label={words.gaps.where} hidden={!like}>
        <Radio.Group
          vertical
          options={[
            { value: "like", label: words.gaps.wordingOf(like?.question ?? "") },
            { value: "new", label: words.gaps.ofItsOwn },
          ]}
        />
      </Form.Item>
      <Form.Item name="question" label={words.gaps.asking} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      {similar && (
        <Form.Item name="similar" label={words.gaps.similar}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={["\n", "；", "|"]} maxCount={50} />
        </Form.Item>
      )}
      {!joins && (
        <Form.Item name="answer" label={words.gaps.answer} extra={words.gaps.answerHint} rules={required}>
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={2000} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={isSaving}>
        {label}
      </Button>
    </Form>
  );
}
