import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { Got } from "@/api/client";
import { useChange, useRead } from "@/api/hooks";
import { useMark } from "@/shell/guide";
import { Notice } from "@/shell/Notice";
import { useWords } from "@/words";
import { Answered } from "../Answered";
import styles from "./Try.module.css";

/** A few questions that this shop's shoppers might ask, answered in place. */
export function Component() {
  const words = useWords();
  const [, tried] = useMark("tried");
  const goods = useRead("shop.list_products", { size: 2 });
  const ask = useChange("service.ask", { changesNothingShown: true });
  const [question, setQuestion] = useState<string | null>(null);
  const [answer, setAnswer] = useState<Got<"service.ask"> | null>(null);
  const titles = goods.data?.items.map(({ title }) => title).filter(Boolean) ?? [];
  const questions = [...titles.map((title) => words.trying.price(title)), ...words.trying.questions];
  const go = (text: string) => {
    setQuestion(text);
    setAnswer(null);
    ask.mutate(
      { text, turns: [], files_work: false, explain: false },
      {
        onSuccess: (found) => {
          setAnswer(found);
          tried(true);
        },
      },
    );
  };
  return (
    <div className={styles["try"]}>
      <ul>
        {questions.map((text) => (
          <li key={text}>
            <Button shape="round" lang="zh-Hans" disabled={ask.isPending} onClick={() => go(text)}>
              {text}
            </Button>
          </li>
        ))}
      </ul>
      {question && (
        <section aria-live="polite" aria-busy={ask.isPending}>
          <p lang="zh-Hans">
            <b>{question}</b>
          </p>
          {ask.isPending && <p className="muted">{words.ask.sending}</p>}
          <Notice error={ask.error} />
          {answer && <Answered answer={answer} />}
        </section>
      )}
      <p>
        {words.trying.more} <Link to="../ask">{words.trying.open}</Link>
      </p>
    </div>
  );
}
