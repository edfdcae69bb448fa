import { Button } from "antd";
import { createElement, lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import { useRead, useRole } from "@/api/hooks";
import { progressOf, useAway, type Progress, type Standing } from "@/shell/guide";
import { CheckOutlined } from "@/shell/icons";
import { Page } from "@/shell/Page";
import { STEPS } from "@/shell/rooms";
import { Await, Loading } from "@/shell/States";
import { useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Guide.module.css";

const bodies = new Map(
  STEPS.map(({ name, screen }) => [name, lazy(async () => ({ default: (await screen()).Component }))]),
);

/** What a shop needs until it answers by itself, a step at a time; each can be left and come back to. */
export function Component() {
  const words = useWords();
  const role = useRole();
  const query = useRead("base.guide", {});
  const progress = query.data && progressOf(STEPS, query.data, role);
  const isDone = progress !== undefined && !progress.next;
  return (
    <Page
      title={words.guide.title}
      lead={isDone ? words.guide.finished : words.guide.lead}
      actions={!isDone && <PutAway />}
    >
      <Await query={query} rows={8}>
        {/* What was read before something was done elsewhere may be old. */}
        {(seen) => <Steps progress={progressOf(STEPS, seen, role)} isKnown={!query.isFetching} />}
      </Await>
    </Page>
  );
}

function PutAway() {
  const words = useWords();
  const [away, putAway] = useAway();
  if (away) return <Button onClick={() => putAway(false)}>{words.guide.keep}</Button>;
  return (
    <Link to="../overview">
      <Button onClick={() => putAway(true)}>{words.guide.away}</Button>
    </Link>
  );
}

/** In the address, for "none is open". */
const NONE = "none";

function Steps({ progress, isKnown }: { progress: Progress; isKnown: boolean }) {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const [first, setFirst] = useState<string | null>(null);
  const { steps, done, all, next } = progress;
  // It opens at what is to be done next, and does not jump on when that is done.
  if (first === null && isKnown) setFirst(next?.name ?? NONE);
  const opened = address.get("step") || first;
  const open = (name: string) => {
    address.set({ step: name });
    // Once the step before it is closed and so no longer moves it.
    requestAnimationFrame(() => document.getElementById(`open-${name}`)?.focus());
  };
  return (
    <>
      <p className={styles["progress"]}>
        <progress max={all} value={done} aria-label={words.guide.progress} />
        {words.guide.of(format.count(done), format.count(all))}
      </p>
      <ol className={styles["steps"]}>
        {steps.map((each, at) => {
          const { name } = each.step;
          const following = steps[at + 1];
          return (
            <StepCard
              key={name}
              {...each}
              number={at + 1}
              open={name === opened}
              onOpen={() => address.set({ step: name === opened ? NONE : name })}
              onNext={following && (() => open(following.step.name))}
            />
          );
        })}
      </ol>
    </>
  );
}

interface StepCardProps extends Standing {
  number: number;
  open: boolean;
  onOpen: () => void;
  onNext: (() => void) | undefined;
}

function StepCard({ step, done, number, open, onOpen, onNext }: StepCardProps) {
  const words = useWords();
  const body = bodies.get(step.name);
  const id = `step-${step.name}`;
  return (
    <li className={`card ${styles["step"]} ${done ? styles["done"] : ""}`}>
      <h2>
        <button
          id={`open-${step.name}`}
          type="button"
          className="plain"
          aria-expanded={open}
          aria-controls={id}
          onClick={onOpen}
        >
          <span className={styles["number"]} aria-hidden="true">
            {done ? <CheckOutlined /> : number}
          </span>
          <span>
            {step.label(words)}
            {done && <span className="unseen"> ({words.guide.done})</span>}
            {step.optional && <em className={styles["optional"]}>{words.guide.optional}</em>}
            <small className="muted">{step.hint(words)}</small>
          </span>
        </button>
      </h2>
      <div id={id} className={styles["body"]} hidden={!open}>
        {open && body && (
          <>
            <Suspense fallback={<Loading />}>{createElement(body)}</Suspense>
            <p className={styles["next"]}>
              {onNext ? (
                <Button type={done ? "primary" : "default"} onClick={onNext}>
                  {done ? words.guide.next : words.guide.skip}
                </Button>
              ) : (
                <Link to="../overview">
                  <Button>{words.guide.leave}</Button>
                </Link>
              )}
            </p>
          </>
        )}
      </div>
    </li>
  );
}
