import { App, Button } from "antd";
import { useEffect, useState } from "react";
import { useLocation } from "react-router";
import type { Got } from "@/api/client";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Export } from "@/shell/Export";
import { PlusOutlined } from "@/shell/icons";
import { Panel } from "@/shell/Panel";
import { Await } from "@/shell/States";
import { Toolbar } from "@/shell/Toolbar";
import { useAddress } from "@/shell/useAddress";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./knowledge.module.css";
import { PolicyForm } from "./PolicyForm";
import { PolicyPanel } from "./PolicyPanel";
import { Standing } from "./Standing";

type Policy = Got<"knowledge.list_policies">["items"][number];

/** The shop's rules, clause by clause; those one may begin with where there are none. */
export function Policies() {
  const words = useWords();
  const address = useAddress();
  const owner = useRole() === "owner";
  const query = useRead("knowledge.list_policies", {});
  const [isWriting, setWriting] = useState(false);
  const close = () => setWriting(false);
  return (
    <>
      <Toolbar>
        {owner && (
          <Button icon={<PlusOutlined />} onClick={() => setWriting(true)}>
            {words.policies.add}
          </Button>
        )}
        <Export table="policies" />
      </Toolbar>
      <Await query={query}>
        {({ items }) => (items.length === 0 ? <Starters /> : <Clauses policies={items} />)}
      </Await>
      <PolicyPanel id={address.get("policy")} onClose={() => address.set({ policy: null })} />
      <Panel wide open={isWriting} onClose={close} title={words.policies.add}>
        <PolicyForm policy={null} onClose={close} />
      </Panel>
    </>
  );
}

function Starters() {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const query = useRead("knowledge.list_policies", { starters: true });
  const owner = useRole() === "owner";
  const adopt = useChange("knowledge.adopt_starter_policies");
  const go = () =>
    adopt.mutate({ ids: [] }, { onSuccess: () => void message.success(words.answers.adopted), onError: tell });
  return (
    <Await query={query}>
      {({ items }) => (
        <>
          <div className={styles["notice"]}>
            <div>
              <h2>{words.answers.starters}</h2>
              <p>{words.answers.startersLead}</p>
            </div>
            {owner && (
              <Button type="primary" loading={adopt.isPending} onClick={go}>
                {words.answers.adoptThese(format.count(items.length))}
              </Button>
            )}
          </div>
          <Clauses policies={items} proposed />
        </>
      )}
    </Await>
  );
}

function Clauses({ policies, proposed = false }: { policies: Policy[]; proposed?: boolean }) {
  const words = useWords();
  const { hash } = useLocation();
  const cited = policies.flatMap(({ clauses }) => clauses).find(({ id }) => `#${encodeURIComponent(id)}` === hash)?.id;
  useEffect(() => {
    if (cited) document.getElementById(cited)?.scrollIntoView({ block: "center" });
  }, [cited]);
  const address = useAddress();
  return (
    <div className={styles["policies"]}>
      {policies.map((policy) => (
        <article key={policy.id} className={`card ${styles["policy"]}`}>
          <header>
            <h3>{policy.title}</h3>
            {policy.is_starter && !proposed ? (
              <span className={styles["starter"]}>{words.answers.starter}</span>
            ) : (
              <Standing version={policy} />
            )}
          </header>
          <ol>
            {policy.clauses.map((clause, index) => (
              <li key={clause.id} id={clause.id} aria-current={clause.id === cited || undefined}>
                <span aria-label={words.answers.clause(String(index + 1))}>{index + 1}</span>
                <span>{clause.text}</span>
              </li>
            ))}
          </ol>
          {!proposed && (
            <Button
              size="small"
              type="link"
              aria-label={words.policies.openNamed(policy.title)}
              onClick={() => address.set({ policy: policy.id })}
            >
              {words.policies.openThis}
            </Button>
          )}
          {policy.versions.length > 1 && (
            <ul className={styles["versions"]} aria-label={words.documents.versions}>
              {policy.versions.map((version) => (
                <li key={version.effective}>
                  <Standing version={version} />
                </li>
              ))}
            </ul>
          )}
        </article>
      ))}
    </div>
  );
}
