import { Button } from "antd";
import { createElement, lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import { CheckOutlined } from "@/shell/icons";
import { useMark, useProgress, type Progress } from "@/shell/guide";
import { Page } from "@/shell/Page";
import { STEPS } from "@/shell/rooms";
import { Loading } from "@/shell/States";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Guide.module.css";

const bodies = new Map(
  STEPS.map(({ name, screen }) => [name, lazy(async () => ({ default: (await screen()).Component }))]),
);

/** What a shop needs until it answers by itself, a step at a time; each can be left and come back to. */
export function Component() {
  const words = useWords();
  const format = useFormat();
  const [away, putAway] = useMark("away");
  const [chosen, choose] = useState<string | null>(null);
  const steps = useProgress();
  const done = steps.filter((each) => each.done).length;
  const known = steps.every((each) => each.done !== undefined);
  // It opens at what is to be done next, and does not jump on when that is done.
  if (chosen === null && known) choose(steps.find((each) => !each.done)?.step.name ?? "");
  return (
    <Page
      title={words.guide.title}
      lead={done === steps.length ? words.guide.finished : words.guide.lead}
      actions={
        away ? (
          <Button onClick={() => putAway(false)}>{words.guide.keep}</Button>
        ) : (
          <Link to="../overview">
            <Button onClick={() => putAway(true)}>{words.guide.away}</Button>
          </Link>
        )
      }
    >
      <p className={styles["progress"]}>
        <progress max={steps.length} value={done} aria-label={words.guide.progress} />
        {words.guide.of(format.count(done), format.count(steps.length))}
      </p>
      <ol className={styles["steps"]}>
        {steps.map((each, at) => (
          <StepCard
            key={each.step.name}
            {...each}
            number={at + 1}
            open={each.step.name === chosen}
            onOpen={() => choose(each.step.name === chosen ? "" : each.step.name)}
          />
        ))}
      </ol>
    </Page>
  );
}

interface StepCardProps extends Progress {
  number: number;
  open: boolean;
  onOpen: () => void;
}

function StepCard({ step, done, number, open, onOpen }: StepCardProps) {
  const words = useWords();
  const body = bodies.get(step.name);
  const id = `step-${step.name}`;
  return (
    <li className={`card ${styles["step"]} ${done ? styles["done"] : ""}`}>
      <h2>
        <button type="button" className="plain" aria-expanded={open} aria-controls={id} onClick={onOpen}>
          <span className={styles["number"]} aria-hidden="true">
            {done ? <CheckOutlined /> : number}
          </span>
          <span>
            {step.label(words)}
            {done && <span className="unseen"> ({words.guide.done})</span>}
            <small className="muted">{step.hint(words)}</small>
          </span>
        </button>
      </h2>
      <div id={id} className={styles["body"]} hidden={!open}>
        {open && body && <Suspense fallback={<Loading />}>{createElement(body)}</Suspense>}
      </div>
    </li>
  );
}
