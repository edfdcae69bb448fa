import { App, Button } from "antd";
import { useState } from "react";
import type { Item } from "@/api/client";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Await, Empty } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useUndo } from "@/shell/useUndo";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { correctable, type Correctable } from "./citations";
import styles from "./Conflicts.module.css";
import { EditRecord } from "./EditRecord";

type Conflict = Item<"knowledge.find_conflicts">;
type Side = Conflict["first"];

/** Answers and clauses that say the same twice or contradict each other, and what to do about them. */
export function Conflicts() {
  const words = useWords();
  const format = useFormat();
  const [dismissed, setDismissed] = useState(false);
  const query = useRead("knowledge.find_conflicts", { dismissed });
  return (
    <>
      <p className={`muted ${styles["lead"]}`}>{words.conflicts.lead}</p>
      <Await query={query}>
        {({ items, dismissed: left, is_whole: whole, is_cut_off: cutOff }) => (
          <>
            {!whole && <p className="muted">{words.ask.stillReading}</p>}
            {cutOff && <p className="muted">{words.conflicts.cutOff}</p>}
            {items.length === 0 ? (
              <div className="card">
                <Empty title={words.conflicts.empty} hint={words.conflicts.emptyHint} />
              </div>
            ) : (
              <ul className={styles["conflicts"]} aria-label={words.conflicts.title}>
                {items.map((conflict) => (
                  <li key={conflict.id} className="card">
                    <Pair conflict={conflict} dismissed={dismissed} />
                  </li>
                ))}
              </ul>
            )}
            {(left > 0 || dismissed) && (
              <Button type="link" onClick={() => setDismissed(!dismissed)}>
                {dismissed ? words.conflicts.back : words.conflicts.showDismissed(format.count(left))}
              </Button>
            )}
          </>
        )}
      </Await>
    </>
  );
}

function Pair({ conflict, dismissed }: { conflict: Conflict; dismissed: boolean }) {
  const words = useWords();
  const role = useRole();
  const { first, second } = conflict;
  const mergeable = role === "owner" && [first, second].every(({ id }) => id.startsWith("faq:"));
  return (
    <article className={styles["pair"]} data-kind={conflict.kind}>
      <header>
        <p>
          <b className={styles["kind"]}>{words.conflicts.kinds[conflict.kind]}</b> {conflict.reason}
        </p>
        {role !== "viewer" && <Judge id={conflict.id} dismissed={dismissed} />}
      </header>
      <div className={styles["sides"]}>
        <Entry side={first} {...(mergeable && { other: second })} />
        <Entry side={second} {...(mergeable && { other: first })} />
      </div>
    </article>
  );
}

/** One of the two, and what can be done to it; `other` becomes wordings of it when they are merged. */
function Entry({ side, other }: { side: Side; other?: Side }) {
  const words = useWords();
  const owner = useRole() === "owner";
  const [open, setOpen] = useState(false);
  const record = correctable(side.id);
  return (
    <section className={styles["side"]}>
      <h3>{side.about}</h3>
      <p className={styles["text"]}>{side.text}</p>
      <p className="mono muted">{side.id}</p>
      {owner && record && (
        <div className={styles["actions"]}>
          <Button size="small" onClick={() => setOpen(true)}>
            {words.conflicts.open}
          </Button>
          {other && <Merge keep={record} drop={correctable(other.id)} />}
        </div>
      )}
      {open && record && <EditRecord record={record} onClose={() => setOpen(false)} />}
    </section>
  );
}

function Merge({ keep, drop }: { keep: Correctable; drop: Correctable | undefined }) {
  const words = useWords();
  const tell = useTellProblem();
  const { modal, message } = App.useApp();
  const merge = useChange("knowledge.merge_faqs");
  if (!drop) return null;
  const ask = () =>
    modal.confirm({
      title: words.conflicts.mergeAsk,
      content: words.conflicts.mergeHint,
      okText: words.conflicts.merge,
      onOk: () =>
        merge
          .mutateAsync({ keep: keep.id, drop: drop.id })
          .then(() => message.success(words.conflicts.merged))
          .catch(tell),
    });
  return (
    <Button size="small" onClick={ask}>
      {words.conflicts.keep}
    </Button>
  );
}

function Judge({ id, dismissed }: { id: string; dismissed: boolean }) {
  const words = useWords();
  const tell = useTellProblem();
  const offerUndo = useUndo();
  const judge = useChange("knowledge.judge_conflict");
  // The pair leaves the list, and this button with it, before the call is done: hence promises.
  const put = (isConflict: boolean) => judge.mutateAsync({ id, is_conflict: isConflict });
  const say = (isConflict: boolean) => {
    const undo = () => put(!isConflict).catch(tell);
    const said = isConflict ? words.conflicts.isAgain : words.conflicts.dismissed;
    return put(isConflict)
      .then(() => offerUndo(said, () => void undo()))
      .catch(tell);
  };
  return (
    <Button size="small" loading={judge.isPending} onClick={() => void say(dismissed)}>
      {dismissed ? words.conflicts.isOne : words.conflicts.isNone}
    </Button>
  );
}
