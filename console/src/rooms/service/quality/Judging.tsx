import { Button, Input } from "antd";
import { useEffect, useEffectEvent, useState } from "react";
import { useChange, useRole } from "@/api/hooks";
import { Empty } from "@/shell/States";
import { Tag } from "@/shell/Tag";
import { useTellProblem } from "@/shell/useProblem";
import { useWords } from "@/words";
import { Teach, WriteAnswer } from "../Teach";
import { TONES, type Review, type Verdict } from "./Judged";
import styles from "./Quality.module.css";
import { Reply } from "./Reply";

const SHOWN_BY = ["service.list_reviews", "insight.service_report", "insight.value"] as const;
const VERDICTS: readonly Verdict[] = ["right", "wrong", "better"];

/** One sampled reply after another, judged with a click or a key; a bad one can be put right at once. */
export function Judging({ items }: { items: readonly Review[] }) {
  const words = useWords();
  const [skipped, setSkipped] = useState(0);
  /** What was judged last and is still looked at: the list no longer has it. */
  const [held, setHeld] = useState<{ item: Review; verdict: Verdict }>();
  const item = held?.item ?? items[skipped % Math.max(items.length, 1)];
  const next = () => {
    if (held) setHeld(undefined);
    else setSkipped(skipped + 1);
  };
  if (!item) return <Empty title={words.quality.empty} hint={words.quality.emptyHint} />;
  return (
    <One
      key={`${item.conversation_id} ${item.seq}`}
      item={item}
      verdict={held?.verdict}
      onJudged={(verdict) => setHeld(verdict === "right" ? undefined : { item, verdict })}
      onNext={held || items.length > 1 ? next : undefined}
    />
  );
}

interface OneProps {
  item: Review;
  verdict: Verdict | undefined;
  onJudged: (verdict: Verdict) => void;
  onNext: (() => void) | undefined;
}

function One({ item, verdict, onJudged, onNext }: OneProps) {
  const words = useWords();
  const tell = useTellProblem();
  const judge = useChange("service.review_answer", { shownBy: SHOWN_BY });
  const may = useRole() !== "viewer";
  const [reason, setReason] = useState("");
  const [since] = useState(() => Date.now());
  const go = (chosen: Verdict) => {
    if (!may || judge.isPending) return;
    const seconds = Math.round((Date.now() - since) / 1000);
    judge.mutate(
      { conversation_id: item.conversation_id, seq: item.seq, verdict: chosen, reason, seconds },
      { onSuccess: () => onJudged(chosen), onError: tell },
    );
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || isElsewhere(event.target)) return;
    const chosen = VERDICTS[Number(event.key) - 1];
    if (chosen) go(chosen);
    else if (event.key === "n" || event.key === "ArrowRight") onNext?.();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  return (
    <article className={`card ${styles["card"]}`} aria-label={words.quality.reply}>
      <Reply item={item} open />
      {may ? (
        <div className={styles["judge"]}>
          <Input
            aria-label={words.quality.reason}
            placeholder={words.quality.reasonExample}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
          />
          <fieldset className={styles["buttons"]} aria-label={words.quality.verdict}>
            {VERDICTS.map((each, place) => (
              <Button
                key={each}
                type={each === "right" ? "primary" : "default"}
                danger={each === "wrong"}
                loading={judge.isPending && judge.variables.verdict === each}
                onClick={() => go(each)}
              >
                <kbd className={styles["key"]}>{place + 1}</kbd> {words.quality.verdicts[each]}
              </Button>
            ))}
            {onNext && (
              <Button type={verdict ? "primary" : "text"} onClick={onNext}>
                {verdict ? words.quality.next : words.quality.skip}
              </Button>
            )}
          </fieldset>
          <p className={`muted ${styles["keys"]}`}>{words.quality.keys}</p>
        </div>
      ) : (
        <p className="muted">{words.quality.viewer}</p>
      )}
      {verdict && <Fix item={item} verdict={verdict} />}
    </article>
  );
}

/** What can be done about a reply that was not right. */
function Fix({ item, verdict }: { item: Review; verdict: Verdict }) {
  const words = useWords();
  const [done, setDone] = useState(false);
  const question = item.wording;
  return (
    <section className={styles["fix"]} aria-label={words.quality.fix}>
      <p className={styles["told"]} aria-live="polite">
        <Tag tone={TONES[verdict]}>{words.quality.verdicts[verdict]}</Tag>
        <b>{words.quality.judged}</b>
        <span className="muted">{done ? words.quality.saved : words.quality.fixHint}</span>
      </p>
      <Teach weighed={item} question={question} onTaught={() => setDone(true)} />
      {question && <WriteAnswer question={question} onTaught={() => setDone(true)} />}
    </section>
  );
}

/** Whether a key is for what is being written, or for something open above the page. */
function isElsewhere(target: EventTarget | null): boolean {
  const writing = "input, textarea, select, [contenteditable], [role='dialog'], [role='radiogroup']";
  return target instanceof Element && target.closest(writing) !== null;
}
