import { useRead } from "@/api/hooks";
import { Panel } from "@/shell/Panel";
import { Await } from "@/shell/States";
import { useWords } from "@/words";
import { DocumentForm } from "./DocumentForm";
import { PolicyForm } from "./PolicyForm";

interface EditClauseProps {
  kind: "policy" | "document";
  id: string;
  /** Which clause, counted from 1. */
  clause: number;
  onClose: () => void;
  onSaved?: () => void;
}

/** Corrects a clause of which only the citation is known, in the version that is in force. */
export function EditClause({ kind, ...given }: EditClauseProps) {
  const words = useWords();
  return (
    <Panel wide open onClose={given.onClose} title={words.policies.correct}>
      {kind === "policy" ? <OfPolicy {...given} /> : <OfDocument {...given} />}
    </Panel>
  );
}

function OfPolicy({ id, clause, ...given }: Omit<EditClauseProps, "kind">) {
  const words = useWords();
  const query = useRead("knowledge.list_policies", {});
  return (
    <Await query={query}>
      {({ items }) => {
        const policy = items.find((each) => each.id === id);
        if (!policy) return <p className="muted">{words.policies.gone}</p>;
        return <PolicyForm policy={policy} focus={clause} {...given} />;
      }}
    </Await>
  );
}

function OfDocument({ id, clause, ...given }: Omit<EditClauseProps, "kind">) {
  const query = useRead("knowledge.get_document", { id });
  return <Await query={query}>{(text) => <DocumentForm text={text} focus={clause} {...given} />}</Await>;
}
