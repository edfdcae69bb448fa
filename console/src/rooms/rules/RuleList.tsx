import { useRead } from "@/api/hooks";
import type { Got } from "@/api/client";
import { known } from "@/shell/Choice";
import { Await } from "@/shell/States";
import { Tag } from "@/shell/Tag";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./compliance.module.css";

type Rule = Got<"rules.list_rules">["items"][number];

/** The articles that findings cite, the platforms' rules, and what is exempt. */
export function RuleList() {
  const words = useWords();
  const query = useRead("rules.list_rules", {});
  return (
    <Await query={query} rows={10}>
      {({ items, exemptions }) => (
        <>
          <Rules title={words.compliance.articles} rules={items} />
          <Rules title={words.compliance.exemptions} rules={exemptions} />
        </>
      )}
    </Await>
  );
}

function Rules({ title, rules }: { title: string; rules: Rule[] }) {
  const { compliance } = useWords();
  const format = useFormat();
  return (
    <section className={`card ${styles["rules"]}`} aria-label={title}>
      <h2>{title}</h2>
      <ul className={styles["list"]}>
        {rules.map((rule) => (
          <li key={rule.id}>
            <div className={styles["claim"]}>
              <b>{rule.name}</b>
              <span className="muted">{compliance.version(format.day(rule.version))}</span>
            </div>
            <p>{rule.says}</p>
            <div className={styles["kinds"]}>
              {rule.kinds.map((name) => {
                const kind = known(compliance.kinds, name);
                return <Tag key={name} tone="quiet">{kind ? compliance.kinds[kind] : name}</Tag>;
              })}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
