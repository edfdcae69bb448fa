import { Button, Checkbox, Form, Input } from "antd";
import { useState } from "react";
import type { Item } from "@/api/client";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { Panel } from "@/shell/Panel";
import { Await, Empty } from "@/shell/States";
import { useWords } from "@/words";
import styles from "./Phrases.module.css";

type Phrase = Item<"service.list_phrases">;
type Values = Pick<Phrase, "title" | "text" | "is_shared">;

const SHOWN = ["service.list_phrases"] as const;
/** As the server has it. */
const LONGEST = { title: 30, text: 2000 };

interface PhrasesProps {
  /** What is being written: a phrase, perhaps. */
  written: string;
  onClose: () => void;
}

/** The phrases that one finds by "/": one's own, and the shop's, which owners change. */
export function Phrases({ written, onClose }: PhrasesProps) {
  const words = useWords();
  const owner = useRole() === "owner";
  const query = useRead("service.list_phrases", {});
  const remove = useChange("service.remove_phrase", { shownBy: SHOWN });
  const [changed, setChanged] = useState<Phrase | null>(null);
  return (
    <Panel open title={words.desk.keepPhrases} onClose={onClose}>
      <p className="muted">{words.desk.keepPhrasesHint}</p>
      <Editor key={changed?.id ?? "new"} phrase={changed} written={written} owner={owner} onDone={() => setChanged(null)} />
      <Notice error={remove.error} />
      <Await query={query} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={words.desk.noPhrases} hint={words.desk.noPhrasesHint} />
          ) : (
            <ul className={styles["phrases"]} aria-label={words.desk.keepPhrases}>
              {items.map((phrase) => (
                <li key={phrase.id}>
                  <div>
                    <b>{phrase.title}</b> {phrase.is_shared && <small className="muted">{words.desk.shared}</small>}
                    <p>{phrase.text}</p>
                  </div>
                  {(owner || !phrase.is_shared) && (
                    <span className={styles["actions"]}>
                      <Button
                        type="link"
                        size="small"
                        aria-label={words.desk.changePhrase(phrase.title)}
                        onClick={() => setChanged(phrase)}
                      >
                        {words.desk.change}
                      </Button>
                      <Button
                        type="link"
                        size="small"
                        aria-label={words.desk.removePhrase(phrase.title)}
                        onClick={() => remove.mutate({ id: phrase.id })}
                      >
                        {words.desk.remove}
                      </Button>
                    </span>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Await>
    </Panel>
  );
}

interface EditorProps {
  phrase: Phrase | null;
  written: string;
  owner: boolean;
  onDone: () => void;
}

function Editor({ phrase, written, owner, onDone }: EditorProps) {
  const words = useWords();
  const [form] = Form.useForm<Values>();
  const save = useChange("service.save_phrase", { shownBy: SHOWN });
  const begun = phrase ?? { title: "", text: written.startsWith("/") ? "" : written.trim(), is_shared: false };
  const finish = (values: Values) =>
    save.mutate(
      { ...values, is_shared: values.is_shared ?? false, ...(phrase && { id: phrase.id }) },
      {
        onSuccess: () => {
          form.setFieldsValue({ title: "", text: "", is_shared: false });
          onDone();
        },
      },
    );
  return (
    <Form form={form} layout="vertical" initialValues={begun} onFinish={finish}>
      <Notice error={save.error} />
      <Form.Item name="title" label={words.desk.phraseTitle} rules={[{ required: true, whitespace: true, message: words.desk.needed }]}>
        <Input maxLength={LONGEST.title} />
      </Form.Item>
      <Form.Item name="text" label={words.desk.phraseText} rules={[{ required: true, whitespace: true, message: words.desk.needed }]}>
        <Input.TextArea maxLength={LONGEST.text} autoSize={{ minRows: 2, maxRows: 8 }} />
      </Form.Item>
      {owner && (
        <Form.Item name="is_shared" valuePropName="checked">
          <Checkbox>{words.desk.share}</Checkbox>
        </Form.Item>
      )}
      <div className={styles["actions"]}>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {phrase ? words.common.save : words.desk.addPhrase}
        </Button>
        {phrase && <Button onClick={onDone}>{words.common.cancel}</Button>}
      </div>
    </Form>
  );
}
