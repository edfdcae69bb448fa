import { Button, Input } from "antd";
import { lazy, Suspense, useEffect, useState } from "react";
import { Link } from "react-router";
import type { Got } from "@/api/client";
import { useChange } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { Loading } from "@/shell/States";
import { useWords } from "@/words";
import { Answered } from "../Answered";
import { Before } from "../Before";
import styles from "./Try.module.css";
import { useSuggested } from "./useSuggested";

type Answer = Got<"service.ask">;

const Explained = lazy(async () => ({ default: (await import("../Explained")).Explained }));

const ASK_AGAIN_MS = 3000;
const MOST_AGAIN = 20;

interface Asked {
  question: string;
  answer?: Answer;
  /** What was replied before something was taught. */
  before?: Answer | undefined;
  /** How often it was asked again by itself. */
  again: number;
}

/** Questions that this shop's shoppers might ask, answered in place; a bad answer is mended there. */
export function Component() {
  const words = useWords();
  const suggested = useSuggested();
  const ask = useChange("service.ask", { shownBy: ["base.guide"] });
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<Asked | null>(null);
  const [teaches, teach] = useState(false);
  const put = (next: Asked) => {
    setAsked(next);
    ask.mutate(
      { text: next.question, turns: [], files_work: false, explain: true },
      { onSuccess: (answer) => setAsked({ ...next, answer }) },
    );
  };
  const reads = asked?.answer?.is_whole === false && asked.again < MOST_AGAIN;
  useEffect(() => {
    // What was just brought is still being read; a shop's first answer is not to be one without it.
    if (!reads || ask.isPending || ask.isError) return;
    const later = setTimeout(() => put({ ...asked, again: asked.again + 1 }), ASK_AGAIN_MS);
    return () => clearTimeout(later);
  });
  const begin = (question: string) => {
    teach(false);
    put({ question, again: 0 });
  };
  const send = (typed: string) => {
    if (!typed.trim()) return;
    setText("");
    begin(typed.trim());
  };
  return (
    <div className={styles["try"]}>
      <ul aria-label={words.trying.suggested}>
        {suggested.map((question) => (
          <li key={question}>
            <Button shape="round" lang="zh-Hans" disabled={ask.isPending && !reads} onClick={() => begin(question)}>
              {question}
            </Button>
          </li>
        ))}
      </ul>
      <Input.Search
        className={styles["own"] ?? ""}
        value={text}
        maxLength={2000}
        aria-label={words.ask.input}
        placeholder={words.trying.own}
        enterButton={words.ask.send}
        loading={ask.isPending}
        onChange={(event) => setText(event.target.value)}
        // Enter that picks a Chinese word from an input method does not send.
        onSearch={(typed, event) => {
          const isComposing = event?.nativeEvent instanceof KeyboardEvent && event.nativeEvent.isComposing;
          if (!isComposing) send(typed);
        }}
      />
      {asked && (
        <section className={styles["asked"]} aria-label={words.trying.answer} aria-live="polite" aria-busy={ask.isPending}>
          <p lang="zh-Hans">
            <b>{asked.question}</b>
          </p>
          {asked.before && <Before answer={asked.before} />}
          {asked.answer && <Answered answer={asked.answer} />}
          {reads && <p>{words.trying.reading}</p>}
          {!asked.answer && ask.isPending && <p className="muted">{words.ask.sending}</p>}
          <Notice error={ask.error} />
          {!reads &&
            asked.answer?.explanation &&
            (teaches ? (
              <Suspense fallback={<Loading />}>
                <Explained
                  key={asked.question}
                  explanation={asked.answer.explanation}
                  onTaught={() => put({ ...asked, before: asked.answer, again: 0 })}
                />
              </Suspense>
            ) : (
              <p>
                <Button onClick={() => teach(true)}>{words.trying.teach}</Button>
              </p>
            ))}
        </section>
      )}
      <p>
        {words.trying.more} <Link to="../ask">{words.trying.open}</Link>
      </p>
    </div>
  );
}
