import { Link } from "react-router";
import { useRead } from "@/api/hooks";
import { Await } from "@/shell/States";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Check.module.css";
import { Found } from "./Found";
import { Topics } from "./Topics";

/** What was understood of the files, what is doubtful, and what one cannot answer without. */
export function Component() {
  return (
    <div className={styles["check"]}>
      <Figures />
      <Refused />
      <Topics />
      <Found />
      <Conflicts />
    </div>
  );
}

function Figures() {
  const words = useWords();
  const format = useFormat();
  const shop = useRead("shop.overview", {});
  const faqs = useRead("knowledge.list_faqs", { size: 1 });
  const documents = useRead("knowledge.list_documents", {});
  const policies = useRead("knowledge.list_policies", {});
  return (
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
  );
}

/** The newest imports of which rows were refused. */
function Refused() {
  const words = useWords();
  const format = useFormat();
  const { data } = useRead("shop.list_imports", {});
  const some = data?.items.filter(({ state, rejected }) => state === "done" && rejected > 0).slice(0, MOST) ?? [];
  return some.map(({ id, rejected, finished_at: at }) => (
    <p key={id}>
      {words.checking.refused(format.time(at), format.count(rejected))}{" "}
      <Link to={`../import/${id}`}>{words.checking.why}</Link>
    </p>
  ));
}

const MOST = 3;

const LOOK_AGAIN_MS = 3000;

function Conflicts() {
  const words = useWords();
  const format = useFormat();
  const { data } = useRead(
    "knowledge.find_conflicts",
    { dismissed: false },
    { every: (seen) => (seen && !seen.is_whole ? LOOK_AGAIN_MS : false) },
  );
  if (!data?.is_whole) return <p className="muted">{words.checking.comparing}</p>;
  if (data.items.length === 0) return <p className="muted">{words.checking.noConflicts}</p>;
  return (
    <p>
      {words.checking.conflicts(format.count(data.items.length))}{" "}
      <Link to="../answers?tab=conflicts">{words.checking.look}</Link>
    </p>
  );
}
