import { App, Button } from "antd";
import { useEffect } from "react";
import { useLocation } from "react-router";
import type { Got } from "@/api/client";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Export } from "@/shell/Export";
import { Await } from "@/shell/States";
import { Toolbar } from "@/shell/Toolbar";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./knowledge.module.css";
import { Standing } from "./Standing";

type Policy = Got<"knowledge.list_policies">["items"][number];

/** The shop's rules, clause by clause; those one may begin with where there are none. */
export function Policies() {
  const query = useRead("knowledge.list_policies", {});
  return (
    <Await query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Starters />
        ) : (
          <>
            <Toolbar>
              <Export table="policies" />
            </Toolbar>
            <Clauses policies={items} />
          </>
        )
      }
    </Await>
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
