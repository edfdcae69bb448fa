import type { Correctable } from "./citations";
import { EditClause } from "./EditClause";
import { EditFaq } from "./EditFaq";

interface EditRecordProps {
  record: Correctable;
  onClose: () => void;
  onSaved?: () => void;
}

/** Corrects what a citation leads to: an answer, or a clause of a policy or document. */
export function EditRecord({ record, ...given }: EditRecordProps) {
  if (record.kind === "faq") return <EditFaq id={record.id} {...given} />;
  return <EditClause kind={record.kind} id={record.id} clause={record.clause} {...given} />;
}
