import { App, Button } from "antd";
import { useState } from "react";
import type { Got } from "@/api/client";
import { useChange, useRole } from "@/api/hooks";
import { correctable, type Correctable } from "@/rooms/knowledge/citations";
import { EditRecord } from "@/rooms/knowledge/EditRecord";
import { FaqForm } from "@/rooms/knowledge/FaqForm";
import { useTellProblem } from "@/shell/useProblem";
import { useWords } from "@/words";
import styles from "./Explained.module.css";

type Weighed = NonNullable<Got<"service.ask">["explanation"]>["proposals"][number];

/** Characters that a wording of an answer may have. */
const LONGEST_WORDING = 200;

interface TeachProps {
  weighed: Pick<Weighed, "sources">;
  /** The question as it was read: so it is known when it comes again, and without phone numbers. */
  question: string;
  onTaught: () => void;
}

/** What an owner does about a reply: have it told to this wording too, or correct its record. */
export function Teach({ weighed, question, onTaught }: TeachProps) {
  const owner = useRole() === "owner";
  const records = weighed.sources.map(({ id }) => correctable(id)).filter((each) => each !== undefined);
  if (!owner || records.length === 0) return null;
  return (
    <div className={styles["actions"]}>
      {records.map((record) => (
        <Fixes key={JSON.stringify(record)} record={record} question={question} onTaught={onTaught} />
      ))}
    </div>
  );
}

function Fixes({ record, question, onTaught }: { record: Correctable } & Omit<TeachProps, "weighed">) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const isAnswer = record.kind === "faq";
  return (
    <>
      {isAnswer && <AddWording id={record.id} question={question} onTaught={onTaught} />}
      <Button size="small" onClick={() => setOpen(true)}>
        {isAnswer ? words.teach.correctAnswer : words.teach.correctClause}
      </Button>
      {open && <EditRecord record={record} onClose={() => setOpen(false)} onSaved={onTaught} />}
    </>
  );
}

function AddWording({ id, question, onTaught }: { id: string } & Omit<TeachProps, "weighed">) {
  const words = useWords();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const add = useChange("knowledge.add_wording");
  if (question.length > LONGEST_WORDING) return null;
  const go = () =>
    add.mutate(
      { id, wording: question },
      {
        onSuccess: () => {
          void message.success(words.teach.wordingAdded);
          onTaught();
        },
        onError: tell,
      },
    );
  return (
    <Button size="small" loading={add.isPending} onClick={go}>
      {words.teach.addWording}
    </Button>
  );
}

/** Writes an answer to the question where none of those weighed is the right one. */
export function WriteAnswer({ question, onTaught }: Omit<TeachProps, "weighed">) {
  const words = useWords();
  const owner = useRole() === "owner";
  const [open, setOpen] = useState(false);
  if (!owner) return <p className="muted">{words.teach.ownerOnly}</p>;
  return (
    <p className={styles["actions"]}>
      <span className="muted">{words.teach.noneRight}</span>
      <Button size="small" onClick={() => setOpen(true)}>
        {words.teach.write}
      </Button>
      {open && (
        <FaqForm
          faq={null}
          question={question.slice(0, LONGEST_WORDING)}
          onClose={() => setOpen(false)}
          onSaved={onTaught}
        />
      )}
    </p>
  );
}
