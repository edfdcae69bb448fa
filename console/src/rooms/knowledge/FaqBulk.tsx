import { Button, Checkbox } from "antd";
import { lazy, Suspense, useState } from "react";
import type { Got } from "@/api/client";
import { useChange } from "@/api/hooks";
import { useTellProblem } from "@/shell/useProblem";
import { useUndo } from "@/shell/useUndo";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import type { Change } from "./FaqBulkForm";
import styles from "./knowledge.module.css";

const FaqBulkForm = lazy(async () => ({ default: (await import("./FaqBulkForm")).FaqBulkForm }));

interface FaqBulkProps {
  /** The answers of the page, and those of them that are chosen. */
  shown: string[];
  chosen: string[];
  categories: string[];
  onChoose: (ids: string[]) => void;
}

/** What is done to the chosen answers at once; each can be taken back from the notice that tells of it. */
export function FaqBulk({ shown, chosen, categories, onChoose }: FaqBulkProps) {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const offerUndo = useUndo();
  const [asked, setAsked] = useState<"category" | "days" | null>(null);
  const remove = useChange("knowledge.remove_faqs");
  const change = useChange("knowledge.change_faqs");
  const restore = useChange("knowledge.restore_faqs");
  const said = format.count(chosen.length);
  const none = chosen.length === 0;

  const done = (title: string, { items }: Got<"knowledge.remove_faqs">) => {
    onChoose([]);
    setAsked(null);
    offerUndo(title, () => void restore.mutateAsync({ items }).catch(tell));
  };
  const take = () =>
    void remove
      .mutateAsync({ ids: chosen })
      .then((former) => done(words.bulk.removed(said), former))
      .catch(tell);
  const put = (changes: Change) =>
    void change
      .mutateAsync({ ids: chosen, ...changes })
      .then((former) => done(words.bulk.changed(said), former))
      .catch(() => undefined); // It stands in the form.
  return (
    <div className={styles["selection"]}>
      <Checkbox
        checked={chosen.length === shown.length}
        indeterminate={!none && chosen.length < shown.length}
        onChange={(event) => onChoose(event.target.checked ? shown : [])}
      >
        {words.answers.selectAll}
      </Checkbox>
      <span className="muted">{!none && words.answers.selected(said)}</span>
      <Button disabled={none} onClick={() => setAsked("category")}>
        {words.bulk.category}
      </Button>
      <Button disabled={none} onClick={() => setAsked("days")}>
        {words.bulk.days}
      </Button>
      <Button danger disabled={none} loading={remove.isPending} onClick={take}>
        {words.documents.remove}
      </Button>
      {asked && (
        <Suspense>
          <FaqBulkForm
            what={asked}
            categories={categories}
            error={change.error}
            busy={change.isPending}
            onClose={() => {
              change.reset();
              setAsked(null);
            }}
            onGiven={put}
          />
        </Suspense>
      )}
    </div>
  );
}
