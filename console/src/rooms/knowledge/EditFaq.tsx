import { Modal } from "antd";
import { useRead } from "@/api/hooks";
import { Await } from "@/shell/States";
import { useWords } from "@/words";
import { FaqForm } from "./FaqForm";

interface EditFaqProps {
  id: string;
  onClose: () => void;
  onSaved?: () => void;
}

/** Changes an answer of which only the id is known. */
export function EditFaq({ id, onClose, onSaved }: EditFaqProps) {
  const words = useWords();
  const query = useRead("knowledge.get_faq", { id });
  if (query.data) return <FaqForm faq={query.data} onClose={onClose} {...(onSaved && { onSaved })} />;
  return (
    <Modal open onCancel={onClose} title={words.answers.editFaq} footer={null}>
      <Await query={query}>{() => null}</Await>
    </Modal>
  );
}
