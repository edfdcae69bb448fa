import { ReloadOutlined, SendOutlined } from "@/shell/icons";
import { Button, Input } from "antd";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { Given, Got } from "@/api/client";
import { useChange } from "@/api/hooks";
import { Page } from "@/shell/Page";
import { Notice } from "@/shell/Notice";
import { useAddress } from "@/shell/useAddress";
import { useWords } from "@/words";
import { Answered } from "./Answered";
import styles from "./Ask.module.css";
import { Ceiling } from "./Ceiling";
import { Context } from "./Context";

type Answer = Got<"service.ask">;
type Turns = NonNullable<Given<"service.ask">["turns"]>;

interface Exchange {
  id: number;
  text: string;
  answer?: Answer;
  error?: unknown;
}

/** How much of a conversation a question carries along. */
const REMEMBERED_TURNS = 40;

/** A shopper's questions and what the shop would reply, with its grounds. */
export function Component() {
  const words = useWords();
  const address = useAddress();
  const ask = useChange("service.ask", { changesNothingShown: true });
  const [exchanges, setExchanges] = useState<Exchange[]>([]);
  const [text, setText] = useState("");
  const end = useRef<HTMLDivElement>(null);
  const context = {
    product_id: address.get("product") || null,
    order_id: address.get("order") || null,
    buyer: address.get("buyer") || null,
  };
  useEffect(() => {
    if (exchanges.length > 0) end.current?.scrollIntoView({ block: "end" });
  }, [exchanges]);

  const send = (asked: string) => {
    const question = asked.trim();
    if (!question || ask.isPending) return;
    const id = exchanges.length;
    const turns = exchanges.flatMap(said).slice(-REMEMBERED_TURNS);
    setText("");
    setExchanges([...exchanges, { id, text: question }]);
    const put = (change: Partial<Exchange>) =>
      setExchanges((all) => all.map((each) => (each.id === id ? { ...each, ...change } : each)));
    ask.mutate(
      { text: question, turns, files_work: false, ...context },
      { onSuccess: (answer) => put({ answer }), onError: (error) => put({ error }) },
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that picks a Chinese word from an input method does not send.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send(text);
  };
  const restart = () => {
    setExchanges([]);
    setText("");
  };

  return (
    <Page
      title={words.ask.title}
      lead={words.ask.lead}
      actions={
        exchanges.length > 0 && (
          <Button icon={<ReloadOutlined />} onClick={restart}>
            {words.ask.restart}
          </Button>
        )
      }
    >
      <div className={styles["room"]}>
        <section className={`card ${styles["talk"]}`} aria-label={words.ask.title}>
          <div className={styles["log"]} role="log">
            {exchanges.length === 0 && <Examples onChoose={send} />}
            {exchanges.map((each) => (
              <div key={each.id} className={styles["exchange"]}>
                <p className={styles["question"]}>
                  <span className="unseen">{words.ask.shopper}: </span>
                  {each.text}
                </p>
                {each.answer && <Answered answer={each.answer} />}
                {each.error != null && <Notice error={each.error} />}
                {!each.answer && each.error == null && <p className="muted">{words.ask.sending}</p>}
              </div>
            ))}
            <div ref={end} />
          </div>
          <form
            className={styles["form"]}
            onSubmit={(event) => {
              event.preventDefault();
              send(text);
            }}
          >
            <Input.TextArea
              autoSize={{ minRows: 1, maxRows: 6 }}
              variant="borderless"
              value={text}
              maxLength={2000}
              aria-label={words.ask.input}
              placeholder={words.ask.placeholder}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={onKeyDown}
            />
            <Button
              type="primary"
              htmlType="submit"
              icon={<SendOutlined />}
              disabled={!text.trim()}
              loading={ask.isPending}
            >
              {words.ask.send}
            </Button>
          </form>
          <p className={styles["hint"]}>{words.ask.sendHint}</p>
        </section>
        <div className={styles["aside"]}>
          <Context />
          <Ceiling />
        </div>
      </div>
    </Page>
  );
}

/** What was said before, as the conversation that a question belongs to. */
function said({ text, answer }: Exchange): Turns {
  if (!answer) return [];
  return [
    { role: "shopper", text },
    { role: "shop", text: answer.reply },
  ];
}

function Examples({ onChoose }: { onChoose: (text: string) => void }) {
  const words = useWords();
  return (
    <div className={styles["examples"]}>
      <p className={styles["examplesTitle"]}>{words.ask.examplesTitle}</p>
      <ul>
        {words.ask.examples.map((example) => (
          <li key={example}>
            <Button shape="round" lang="zh-Hans" onClick={() => onChoose(example)}>
              {example}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
