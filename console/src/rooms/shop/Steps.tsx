import { CheckOutlined } from "@/shell/icons";
import { Button } from "antd";
import { Link } from "react-router";
import { useRead } from "@/api/hooks";
import { useWords } from "@/words";
import styles from "./Steps.module.css";

interface StepsProps {
  hasFiles: boolean;
  /** The shop is new: this is all there is to see. */
  welcome?: boolean;
}

/** What to do next until the shop can answer by itself. */
export function Steps({ hasFiles, welcome = false }: StepsProps) {
  const words = useWords();
  const policies = useRead("knowledge.list_policies", {});
  const { steps } = words.overview;
  const items = [
    { name: steps.files, hint: steps.filesHint, action: steps.filesAction, to: "import", done: hasFiles },
    {
      name: steps.policies,
      hint: steps.policiesHint,
      action: steps.policiesAction,
      to: "answers?tab=policies",
      done: (policies.data?.items.length ?? 0) > 0,
    },
    { name: steps.ask, hint: steps.askHint, action: steps.askAction, to: "ask", done: false },
  ];
  const current = items.findIndex(({ done }) => !done);
  return (
    <section aria-labelledby="steps">
      <h2 id="steps" className={welcome ? styles["welcome"] : styles["title"]}>
        {welcome ? words.overview.emptyTitle : words.overview.nextTitle}
      </h2>
      {welcome && <p className={styles["lead"]}>{words.overview.emptyLead}</p>}
      <ol className={styles["steps"]}>
        {items.map(({ name, hint, action, to, done }, index) => (
          <li key={to} className={`card ${done ? styles["done"] : ""}`}>
            <span className={styles["number"]} aria-hidden="true">
              {done ? <CheckOutlined /> : index + 1}
            </span>
            <h3>
              {name}
              {done && <span className="unseen"> ({steps.finished})</span>}
            </h3>
            <p>{hint}</p>
            <Link to={`../${to}`}>
              <Button type={index === current ? "primary" : "default"}>{action}</Button>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
