import { Link } from "react-router";
import type { Got } from "@/api/client";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Today.module.css";

/** What a person has to look at, and the way there. */
export function Waiting({ waiting }: { waiting: Got<"service.today">["waiting"] }) {
  const words = useWords();
  const format = useFormat();
  const { today } = words;
  const items = [
    { count: waiting.work_items, said: today.workItems, to: "../work", urgent: waiting.urgent },
    { count: waiting.proposals, said: today.proposals, to: "../answers?tab=proposals", urgent: 0 },
    { count: waiting.approvals, said: today.approvals, to: "../settings?tab=approvals", urgent: 0 },
  ].filter(({ count }) => count > 0);
  return (
    <div className={styles["waiting"]}>
      <h3 id="waiting">{today.waiting}</h3>
      {items.length === 0 ? (
        <p className="muted">{today.nothingWaits}</p>
      ) : (
        <ul aria-labelledby="waiting">
          {items.map(({ count, said, to, urgent }) => (
            <li key={to}>
              <Link to={to}>{said(format.count(count))}</Link>
              {urgent > 0 && <span className={styles["urgent"]}>{today.urgent(format.count(urgent))}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
