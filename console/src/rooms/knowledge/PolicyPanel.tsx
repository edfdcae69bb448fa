import { App, Button } from "antd";
import { useState } from "react";
import type { Item } from "@/api/client";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Panel } from "@/shell/Panel";
import { Await } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useWords } from "@/words";
import { ALWAYS } from "./clauses";
import styles from "./clauses.module.css";
import { PolicyForm } from "./PolicyForm";
import { Standing } from "./Standing";

type Policy = Item<"knowledge.list_policies">;
type Version = Policy["versions"][number];

/** What is being written: a version, or a new one that begins as a version was. */
interface Edited {
  policy: Policy;
  isNewVersion: boolean;
}

/** A policy's versions side by side, and the form to write them. */
export function PolicyPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const words = useWords();
  const query = useRead("knowledge.list_policies", {}, { enabled: id !== "" });
  const [edited, setEdited] = useState<Edited | null>(null);
  const policy = query.data?.items.find((each) => each.id === id);
  const close = () => {
    setEdited(null);
    onClose();
  };
  return (
    <Panel wide open={id !== ""} onClose={close} title={policy?.title ?? words.answers.policies}>
      <Await query={query}>
        {() => {
          if (!policy) return <p className="muted">{words.policies.gone}</p>;
          if (edited) return <PolicyForm {...edited} onClose={() => setEdited(null)} />;
          return <Versions policy={policy} onEdit={setEdited} />;
        }}
      </Await>
    </Panel>
  );
}

function Versions({ policy, onEdit }: { policy: Policy; onEdit: (edited: Edited) => void }) {
  return (
    <div className={styles["columns"]}>
      {policy.versions.map((version, index) => (
        <Column
          key={version.effective ?? ALWAYS}
          id={policy.id}
          version={version}
          before={policy.versions[index - 1]}
          onEdit={onEdit}
        />
      ))}
    </div>
  );
}

interface ColumnProps {
  id: string;
  version: Version;
  /** The version that it takes over from. */
  before: Version | undefined;
  onEdit: (edited: Edited) => void;
}

function Column({ id, version, before, onEdit }: ColumnProps) {
  const words = useWords();
  const owner = useRole() === "owner";
  const query = usePolicyOn(id, version);
  const former = usePolicyOn(id, before ?? version);
  const known = new Set(former.policy?.clauses.map(({ text }) => text));
  return (
    <section className={styles["column"]}>
      <Await query={query.query}>
        {() =>
          query.policy && (
            <>
              <header>
                <Standing version={version} />
                {owner && <Actions policy={query.policy} version={version} onEdit={onEdit} />}
              </header>
              <ol aria-label={words.policies.clauses}>
                {query.policy.clauses.map(({ id: cited, text }) => (
                  <li key={cited} data-new={(known.size > 0 && !known.has(text)) || undefined}>
                    {text}
                  </li>
                ))}
              </ol>
            </>
          )
        }
      </Await>
    </section>
  );
}

/** A version's clauses: the policy as it is on the day the version begins. */
function usePolicyOn(id: string, version: Version) {
  const query = useRead("knowledge.list_policies", { on: version.effective ?? ALWAYS });
  const policy = query.isPlaceholderData ? undefined : query.data?.items.find((each) => each.id === id);
  return { query, policy };
}

function Actions({ policy, version, onEdit }: { policy: Policy; version: Version; onEdit: (edited: Edited) => void }) {
  const words = useWords();
  const tell = useTellProblem();
  const { modal, message } = App.useApp();
  const remove = useChange("knowledge.remove_policy_version");
  const ask = () =>
    modal.confirm({
      title: words.policies.removeAsk,
      content: words.policies.removeHint,
      okText: words.documents.remove,
      okButtonProps: { danger: true },
      onOk: () =>
        remove
          .mutateAsync({ id: policy.id, effective: version.effective })
          .then(() => message.success(words.policies.removed))
          .catch(tell),
    });
  return (
    <div className={styles["tools"]}>
      <Button size="small" onClick={() => onEdit({ policy, isNewVersion: false })}>
        {words.answers.editFaq}
      </Button>
      <Button size="small" onClick={() => onEdit({ policy, isNewVersion: true })}>
        {words.policies.newVersion}
      </Button>
      <Button size="small" danger onClick={ask}>
        {words.documents.remove}
      </Button>
    </div>
  );
}
