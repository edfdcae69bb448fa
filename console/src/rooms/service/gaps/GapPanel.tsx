import { App, Button } from "antd";
import { Link } from "react-router";
import { useChange, useRole } from "@/api/hooks";
import { Facts } from "@/shell/Facts";
import { Panel, Section } from "@/shell/Panel";
import { useTellProblem } from "@/shell/useProblem";
import { useUndo } from "@/shell/useUndo";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { AnswerForm, type Answer } from "./AnswerForm";
import type { Gap } from "./Gaps";
import styles from "./gaps.module.css";

interface GapPanelProps {
  gap: Gap | undefined;
  days: number;
  onClose: () => void;
}

/** A gap: how it was asked, what people said, and what it takes to have it answered from now on. */
export function GapPanel({ gap, days, onClose }: GapPanelProps) {
  const role = useRole();
  const mayWork = role !== undefined && role !== "viewer";
  return (
    <Panel open={gap !== undefined} onClose={onClose} title={gap?.question}>
      {gap && (
        <>
          <div className={styles["cost"]}>
            <Cost gap={gap} />
          </div>
          {mayWork && <Fill gap={gap} days={days} onDone={onClose} />}
          <Asked gap={gap} />
          <Said gap={gap} />
          {mayWork && <Leave gap={gap} days={days} onDone={onClose} />}
        </>
      )}
    </Panel>
  );
}

function Cost({ gap }: { gap: Gap }) {
  const words = useWords();
  const format = useFormat();
  return (
    <Facts
      facts={[
        [words.gaps.asked, words.gaps.askedIn(format.count(gap.count), format.count(gap.conversations))],
        [words.gaps.trendTitle, words.gaps.trend(format.count(gap.before), format.count(gap.recent))],
        [words.gaps.spent, format.duration(gap.minutes * 60)],
        [words.gaps.lost, gap.lost > 0 ? words.gaps.lostHint(format.count(gap.lost)) : null],
        [words.gaps.last, format.time(gap.last_at)],
      ]}
    />
  );
}

/** Writes the answer that people gave most, once somebody has looked at it. */
function Fill({ gap, days, onDone }: { gap: Gap; days: number; onDone: () => void }) {
  const words = useWords();
  const offerUndo = useUndo();
  const undo = useReopen();
  const answer = useChange("service.answer_gap");
  const best = gap.answers[0];
  const done = () => {
    offerUndo(words.gaps.answered, () => undo(gap.id));
    onDone();
  };
  // The gap leaves the list, and this form with it, before the call is done: hence promises. What
  // goes wrong the form shows.
  const save = (given: Answer) => void answer.mutateAsync({ id: gap.id, days, ...given }).then(done, () => undefined);
  return (
    <Section title={words.gaps.fill}>
      {gap.is_personal && <p className="muted">{words.gaps.personalHint}</p>}
      {best && !best.is_ready && <p className="muted">{words.gaps.notReady}</p>}
      <AnswerForm
        question={gap.question}
        similar={gap.wordings.map(({ text }) => text).filter((text) => text !== gap.question)}
        answer={best?.is_ready ? best.text : ""}
        like={gap.like}
        error={answer.error}
        isSaving={answer.isPending}
        label={words.gaps.approve}
        onSave={save}
      />
    </Section>
  );
}

function Asked({ gap }: { gap: Gap }) {
  const words = useWords();
  const format = useFormat();
  return (
    <Section title={words.gaps.wordings}>
      <ul className={styles["wordings"]}>
        {gap.wordings.map(({ text, count }) => (
          <li key={text}>
            {text} {count > 1 && <span className="muted">×{format.count(count)}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Said({ gap }: { gap: Gap }) {
  const words = useWords();
  const format = useFormat();
  return (
    <Section title={words.gaps.said}>
      {gap.answers.length === 0 ? (
        <p className="muted">{words.gaps.nobodySaid}</p>
      ) : (
        <ul className={styles["said"]}>
          {gap.answers.map((answer) => (
            <li key={`${answer.conversation_id}#${answer.seq}`}>
              <p>{answer.text}</p>
              <div className={styles["where"]}>
                <span className="muted">{words.gaps.saidIn(format.count(answer.count))}</span>
                <Link to={`../desk?${new URLSearchParams({ tab: "closed", open: answer.conversation_id })}`}>
                  {words.gaps.seeConversation}
                </Link>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Leave({ gap, days, onDone }: { gap: Gap; days: number; onDone: () => void }) {
  const words = useWords();
  const tell = useTellProblem();
  const offerUndo = useUndo();
  const { message } = App.useApp();
  const undo = useReopen();
  const dismiss = useChange("service.dismiss_gap");
  const reopen = useChange("service.reopen_gap");
  const isDismissed = gap.status === "dismissed";
  const leave = () =>
    dismiss
      .mutateAsync({ id: gap.id, days })
      .then(() => {
        offerUndo(words.gaps.left, () => undo(gap.id));
        onDone();
      })
      .catch(tell);
  const take = () =>
    reopen
      .mutateAsync({ id: gap.id })
      .then(() => {
        void message.success(words.gaps.reopened);
        onDone();
      })
      .catch(tell);
  return (
    <div className={styles["leave"]}>
      <Button loading={dismiss.isPending || reopen.isPending} onClick={() => void (isDismissed ? take() : leave())}>
        {isDismissed ? words.gaps.reopen : words.gaps.leave}
      </Button>
      <small className="muted">{isDismissed ? "" : words.gaps.leaveHint}</small>
    </div>
  );
}

/** Takes a decision back, also when the panel it was made in is gone. */
function useReopen(): (id: string) => void {
  const tell = useTellProblem();
  const reopen = useChange("service.reopen_gap");
  return (id) => void reopen.mutateAsync({ id }).catch(tell);
}
