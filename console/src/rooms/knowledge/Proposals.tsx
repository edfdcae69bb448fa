import { Button, Checkbox } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { Item } from "@/api/client";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Pager } from "@/shell/Pager";
import { Await, Empty } from "@/shell/States";
import { PAGE_SIZE, useAddress } from "@/shell/useAddress";
import { useTellProblem } from "@/shell/useProblem";
import { useUndo } from "@/shell/useUndo";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./knowledge.module.css";

type Proposal = Item<"knowledge.list_proposals">;

/** Answers found in past conversations, waiting for a yes or a no. */
export function Proposals() {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const query = useRead("knowledge.list_proposals", { page: address.page, size: PAGE_SIZE });
  return (
    <Await query={query}>
      {({ items, total, conversations, usual_minutes: minutes }) =>
        items.length === 0 ? (
          <div className="card">
            <Empty title={words.answers.proposalEmpty} hint={words.answers.proposalEmptyHint}>
              <Link to="../import">
                <Button type="primary">{words.goods.bring}</Button>
              </Link>
              <Link to="../gaps">
                <Button>{words.answers.toGaps}</Button>
              </Link>
            </Empty>
          </div>
        ) : (
          <>
            {conversations > 0 && (
              <p className={`muted ${styles["notice"]}`}>
                {words.answers.conversations(
                  format.count(conversations),
                  minutes == null ? words.common.none : format.duration(minutes * 60),
                )}
              </p>
            )}
            <Choice key={address.page} items={items} />
            <Pager page={address.page} total={total} size={PAGE_SIZE} />
          </>
        )
      }
    </Await>
  );
}

function Choice({ items }: { items: Proposal[] }) {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const decides = useRole() !== "viewer";
  const decide = useChange("knowledge.decide_proposals");
  const reopen = useChange("knowledge.reopen_proposals");
  const offerUndo = useUndo();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // What was decided meanwhile, here or elsewhere, is chosen no more.
  const ids = items.map(({ id }) => id).filter((id) => chosen.has(id));
  const said = format.count(ids.length);

  const choose = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const undo = () => void reopen.mutateAsync({ ids }).catch(tell);
  // The last ones leave the page, and these buttons with them, before the call is done: hence promises.
  const go = (accept: boolean) =>
    void decide
      .mutateAsync({ ids, accept })
      .then(() => offerUndo(accept ? words.answers.accepted(said) : words.answers.rejected(said), undo))
      .catch(tell);
  return (
    <div className="card">
      <div className={styles["selection"]}>
        <Checkbox
          checked={ids.length === items.length}
          indeterminate={ids.length > 0 && ids.length < items.length}
          onChange={(event) => setChosen(new Set(event.target.checked ? items.map(({ id }) => id) : []))}
        >
          {words.answers.selectAll}
        </Checkbox>
        <span className="muted">{ids.length > 0 && words.answers.selected(said)}</span>
        <Link to="../gaps">{words.answers.toGaps}</Link>
        <Button disabled={!decides || ids.length === 0 || decide.isPending} onClick={() => go(false)}>
          {words.answers.reject}
        </Button>
        <Button
          type="primary"
          disabled={!decides || ids.length === 0}
          loading={decide.isPending}
          onClick={() => go(true)}
        >
          {words.answers.accept}
        </Button>
      </div>
      <ul className={styles["entries"]}>
        {items.map((proposal) => (
          <li key={proposal.id} className={`${styles["entry"]} ${styles["proposal"]}`}>
            <Checkbox
              aria-label={words.answers.select(proposal.question)}
              checked={chosen.has(proposal.id)}
              onChange={(event) => choose(proposal.id, event.target.checked)}
            />
            <h3>{proposal.question}</h3>
            <div>
              <p className={styles["answer"]}>{proposal.answer}</p>
              <p className={styles["meta"]}>
                <span>{words.answers.seen(format.count(proposal.count))}</span>
                {proposal.source === "desk" && <span>{words.answers.fromDesk}</span>}
                {proposal.faq_question && <b>{words.answers.wordingOf(proposal.faq_question)}</b>}
              </p>
              {proposal.similar.length > 0 && (
                <details className={styles["similar"]}>
                  <summary>{words.answers.similar(format.count(proposal.similar.length))}</summary>
                  <ul>
                    {proposal.similar.map((wording) => (
                      <li key={wording}>{wording}</li>
                    ))}
                  </ul>
                </details>
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
