import { ReloadOutlined, SendOutlined } from "@/shell/icons";
import { Button, Input } from "antd";
import { lazy, Suspense, useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { Given, Got } from "@/api/client";
import { useChange } from "@/api/hooks";
import { Page } from "@/shell/Page";
import { Notice } from "@/shell/Notice";
import { useAddress } from "@/shell/useAddress";
import { useWords } from "@/words";
import { Answered } from "./Answered";
import styles from "./Ask.module.css";
import { Before } from "./Before";
import { Ceiling } from "./Ceiling";
import { Context } from "./Context";

const Explained = lazy(async () => ({ default: (await import("./Explained")).Explained }));
const KeepCase = lazy(async () => ({ default: (await import("./KeepCase")).KeepCase }));

type Answer = Got<"service.ask">;
type Asked = Given<"service.ask">;
type Turns = NonNullable<Asked["turns"]>;

interface Exchange {
  id: number;
  asked: Asked;
  answer?: Answer;
  /** What was replied before something was corrected. */
  before?: Answer;
  error?: unknown;
}

/** How much of a conversation a question carries along. */
const REMEMBERED_TURNS = 40;

/** A shopper's questions and what the shop would reply, with its grounds. */
export function Component() {
  const words = useWords();
  const address = useAddress();
  const ask = useChange("service.ask", { shownBy: ["base.guide"] });
  const [exchanges, setExchanges] = useState<Exchange[]>([]);
  const [text, setText] = useState("");
  const newest = useRef<HTMLDivElement>(null);
  const count = exchanges.length;
  const context = {
    product_id: address.get("product") || null,
    order_id: address.get("order") || null,
    buyer: address.get("buyer") || null,
  };
  useEffect(() => {
    if (count > 0) newest.current?.scrollIntoView({ block: "start" });
  }, [count]);

  const send = (typed: string) => {
    const question = typed.trim();
    if (!question || ask.isPending) return;
    const asked = {
      text: question,
      turns: exchanges.flatMap(said).slice(-REMEMBERED_TURNS),
      files_work: false,
      explain: true,
      ...context,
    };
    const exchange = { id: count, asked };
    setText("");
    setExchanges([...exchanges, exchange]);
    put(exchange);
  };
  const put = ({ id, asked, answer: before }: Exchange) => {
    const change = (found: Partial<Exchange>) =>
      setExchanges((all) => all.map((each) => (each.id === id ? { ...each, ...found } : each)));
    ask.mutate(asked, {
      onSuccess: (answer) => change({ answer, error: null, ...(before && { before }) }),
      onError: (error) => change({ error }),
    });
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
        count > 0 && (
          <Button icon={<ReloadOutlined />} onClick={restart}>
            {words.ask.restart}
          </Button>
        )
      }
    >
      <div className={styles["room"]}>
        <section className={`card ${styles["talk"]}`} aria-label={words.ask.title}>
          <div className={styles["log"]} role="log">
            {count === 0 && <Examples onChoose={send} />}
            {exchanges.map((each) => (
              <div
                key={each.id}
                className={styles["exchange"]}
                ref={each.id === count - 1 ? newest : null}
              >
                <p className={styles["question"]}>
                  <span className="unseen">{words.ask.shopper}: </span>
                  {each.asked.text}
                </p>
                {each.before && <Before answer={each.before} />}
                {each.answer && (
                  <>
                    <Answered answer={each.answer} />
                    <Suspense>
                      <KeepCase asked={each.asked} answer={each.answer} />
                    </Suspense>
                  </>
                )}
                {each.answer?.explanation && (
                  <Suspense>
                    <Explained explanation={each.answer.explanation} onTaught={() => put(each)} />
                  </Suspense>
                )}
                {each.error != null && <Notice error={each.error} />}
                {!each.answer && each.error == null && <p className="muted">{words.ask.sending}</p>}
              </div>
            ))}
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
function said({ asked, answer }: Exchange): Turns {
  if (!answer) return [];
  return [
    { role: "shopper", text: asked.text },
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
