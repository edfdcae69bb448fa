import { App, Button } from "antd";
import { Link } from "react-router";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Await } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Check.module.css";

/** What was understood of the files, what is doubtful, and the rules one cannot answer without. */
export function Component() {
  const words = useWords();
  const format = useFormat();
  const shop = useRead("shop.overview", {});
  const faqs = useRead("knowledge.list_faqs", { size: 1 });
  const documents = useRead("knowledge.list_documents", {});
  const policies = useRead("knowledge.list_policies", {});
  const proposals = useRead("knowledge.list_proposals", { size: 1 });
  return (
    <div className={styles["check"]}>
      <Await query={shop} rows={3}>
        {(seen) => (
          <ul className={styles["figures"]}>
            {(
              [
                [words.overview.products, seen.products, "goods"],
                [words.overview.orders, seen.orders, "orders"],
                [words.overview.buyers, seen.buyers, "buyers"],
                [words.answers.faqs, faqs.data?.total, "answers"],
                [words.answers.policies, policies.data?.items.length, "answers?tab=policies"],
                [words.documents.title, documents.data?.items.length, "answers?tab=documents"],
              ] as const
            ).map(([name, count, to]) => (
              <li key={to}>
                <Link to={`../${to}`}>
                  <b>{count === undefined ? words.common.none : format.count(count)}</b>
                  <span>{name}</span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Await>
      {(proposals.data?.total ?? 0) > 0 && (
        <p>
          {words.checking.proposals(format.count(proposals.data?.total ?? 0))}{" "}
          <Link to="../answers?tab=proposals">{words.checking.look}</Link>
        </p>
      )}
      <p>
        {words.checking.conflicts} <Link to="../answers?tab=conflicts">{words.checking.look}</Link>
      </p>
      {policies.data?.items.length === 0 && <Rules />}
    </div>
  );
}

/** A shop without rules may begin with those that most have. */
function Rules() {
  const words = useWords();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const owner = useRole() === "owner";
  const adopt = useChange("knowledge.adopt_starter_policies");
  const go = () =>
    adopt.mutate({ ids: [] }, { onSuccess: () => void message.success(words.answers.adopted), onError: tell });
  return (
    <div className={styles["rules"]}>
      <p>{words.checking.noRules}</p>
      {owner && (
        <Button type="primary" loading={adopt.isPending} onClick={go}>
          {words.checking.adopt}
        </Button>
      )}
      <Link to="../answers?tab=policies">{words.checking.read}</Link>
    </div>
  );
}
