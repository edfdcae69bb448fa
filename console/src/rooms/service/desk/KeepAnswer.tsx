import { Modal } from "antd";
import { useChange, useRead } from "@/api/hooks";
import { Await } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useUndo } from "@/shell/useUndo";
import { useWords } from "@/words";
import { AnswerForm, type Answer } from "../gaps/AnswerForm";

interface KeepAnswerProps {
  conversation: string;
  seq: number;
  onClose: () => void;
}

/** Keeps what a person answered for the next shopper, cleaned of whom it was said to. */
export function KeepAnswer({ conversation, seq, onClose }: KeepAnswerProps) {
  const words = useWords();
  const tell = useTellProblem();
  const offerUndo = useUndo();
  const lesson = useRead("service.lesson", { id: conversation, seq });
  const keep = useChange("service.keep_answer");
  const reopen = useChange("knowledge.reopen_proposals");
  const save = ({ question, answer, faq_id }: Answer) =>
    keep.mutate(
      { id: conversation, seq, question, answer, faq_id },
      {
        onSuccess: ({ proposal_id }) => {
          const undo = () => reopen.mutateAsync({ ids: [proposal_id] }).catch(tell);
          offerUndo(words.gaps.kept, () => void undo());
          onClose();
        },
      },
    );
  return (
    <Modal open onCancel={onClose} title={words.desk.saveAnswer} footer={null} destroyOnHidden>
      <Await query={lesson}>
        {({ question, answer, question_is_ready: asked, answer_is_ready: said, like }) => (
          <>
            {!(asked && said) && <p className="muted">{words.gaps.notReady}</p>}
            <AnswerForm
              question={question}
              answer={answer}
              like={like}
              error={keep.error}
              isSaving={keep.isPending}
              label={words.common.save}
              onSave={save}
            />
          </>
        )}
      </Await>
    </Modal>
  );
}
