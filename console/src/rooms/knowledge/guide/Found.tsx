import { App, Button } from "antd";
import { Link } from "react-router";
import type { Item } from "@/api/client";
import { useChange, useRead, useRole } from "@/api/hooks";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Check.module.css";

const SHOWN = 3;

/** The most asked of the answers found in chat logs, each to be taken or left with one click. */
export function Found() {
  const words = useWords();
  const format = useFormat();
  const { data } = useRead("knowledge.list_proposals", { size: SHOWN });
  if (!data || data.total === 0) return null;
  return (
    <section className={styles["found"]} aria-labelledby="found">
      <h3 id="found">{words.checking.proposals(format.count(data.total))}</h3>
      <ul>
        {data.items.map((proposal) => (
          <li key={proposal.id}>
            <Proposed proposal={proposal} />
          </li>
        ))}
      </ul>
      {data.total > data.items.length && (
        <p>
          <Link to="../answers?tab=proposals">{words.checking.all(format.count(data.total))}</Link>
        </p>
      )}
    </section>
  );
}

function Proposed({ proposal }: { proposal: Item<"knowledge.list_proposals"> }) {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const decides = useRole() !== "viewer";
  const decide = useChange("knowledge.decide_proposals");
  const { id, question, answer, count } = proposal;
  const one = format.count(1);
  // It leaves the list, and these buttons with it, before the call is done: hence a promise.
  const go = (accept: boolean) =>
    decide
      .mutateAsync({ ids: [id], accept })
      .then(() => message.success(accept ? words.answers.accepted(one) : words.answers.rejected(one)))
      .catch(tell);
  return (
    <>
      <div>
        <p>
          <b>{question}</b> <small className="muted">{words.answers.seen(format.count(count))}</small>
        </p>
        <p>{answer}</p>
      </div>
      {decides && (
        <div className={styles["decide"]}>
          <Button
            size="small"
            aria-label={words.checking.takeNamed(question)}
            loading={decide.isPending}
            onClick={() => void go(true)}
          >
            {words.answers.accept}
          </Button>
          <Button
            size="small"
            type="text"
            aria-label={words.checking.leaveNamed(question)}
            disabled={decide.isPending}
            onClick={() => void go(false)}
          >
            {words.answers.reject}
          </Button>
        </div>
      )}
    </>
  );
}
