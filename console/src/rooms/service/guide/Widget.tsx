import { App, Button, Form, Input } from "antd";
import { Link } from "react-router";
import { useChange, useRead } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { Await } from "@/shell/States";
import { describe } from "@/shell/useProblem";
import { useWords } from "@/words";
import { Snippet } from "../widget/Snippet";
import { useWidget, type Widget } from "../widget/useWidget";
import { fieldOf } from "../widget/values";
import styles from "./Widget.module.css";

const JUDGE_MS = 1000;
const ADDED = ["origin"] as const;

/** The page it goes on and the line for it; the step is done once that page was seen. */
export function Component() {
  const words = useWords();
  const query = useWidget();
  const isSeen = Boolean(query.data?.seen_at);
  // Once it was seen the guide is judged anew.
  useRead("base.guide", {}, {
    every: (guide) => {
      const isOpen = guide?.steps.some(({ name, is_done: isDone }) => name === "widget" && !isDone);
      return isSeen && isOpen === true && JUDGE_MS;
    },
  });
  return (
    <div className={styles["place"]}>
      <Await query={query} rows={4}>
        {(found) => (
          <>
            <Address found={found} />
            <Snippet found={found} />
          </>
        )}
      </Await>
      <p>
        {words.placing.more} <Link to="../settings?tab=widget">{words.placing.open}</Link>
      </p>
    </div>
  );
}

/** One address more whose pages may carry the chat. */
function Address({ found }: { found: Widget }) {
  const words = useWords();
  const { message } = App.useApp();
  const allow = useChange("service.allow_page", { shownBy: ["service.widget"] });
  const [form] = Form.useForm<{ origin: string }>();
  const add = (given: { origin: string }) =>
    allow.mutate(given, {
      onSuccess: () => {
        form.resetFields();
        void message.success(words.widget.saved);
      },
      onError: (error) => {
        const { title, hint } = describe(error, words);
        const field = fieldOf(error, ADDED);
        if (field) form.setFields([{ name: field, errors: [title, ...(hint ? [hint] : [])] }]);
      },
    });
  return (
    <Form form={form} layout="vertical" onFinish={add}>
      {!fieldOf(allow.error, ADDED) && <Notice error={allow.error} />}
      <div className={styles["address"]}>
        <Form.Item
          className={styles["field"] ?? ""}
          name="origin"
          label={words.placing.address}
          rules={[{ required: true, whitespace: true, message: words.signIn.required }]}
          {...(found.origins.length > 0 && { extra: words.placing.allowed(found.origins.join(words.placing.and)) })}
        >
          <Input inputMode="url" maxLength={300} placeholder={words.placing.addressExample} />
        </Form.Item>
        <Button htmlType="submit" loading={allow.isPending}>
          {words.placing.allow}
        </Button>
      </div>
    </Form>
  );
}
