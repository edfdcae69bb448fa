import { Link } from "react-router";
import type { Got } from "@/api/client";
import { useRead } from "@/api/hooks";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Today.module.css";

/** What a person has to look at, and the way there. */
export function Waiting({ waiting }: { waiting: Got<"service.today">["waiting"] }) {
  const words = useWords();
  const format = useFormat();
  const { today } = words;
  const gaps = useRead("service.count_gaps", {}).data;
  const items = [
    { count: waiting.work_items, said: today.workItems, to: "../work", urgent: waiting.urgent },
    { count: waiting.proposals, said: today.proposals, to: "../answers?tab=proposals", urgent: 0 },
    { count: waiting.approvals, said: today.approvals, to: "../settings?tab=approvals", urgent: 0 },
    { count: gaps?.open ?? 0, said: today.gaps, to: "../gaps", urgent: 0, minutes: gaps?.minutes },
  ].filter(({ count }) => count > 0);
  return (
    <div className={styles["waiting"]}>
      <h3 id="waiting">{today.waiting}</h3>
      {items.length === 0 ? (
        <p className="muted">{today.nothingWaits}</p>
      ) : (
        <ul aria-labelledby="waiting">
          {items.map(({ count, said, to, urgent, minutes = 0 }) => (
            <li key={to}>
              <Link to={to}>{said(format.count(count))}</Link>
              {urgent > 0 && <span className={styles["urgent"]}>{today.urgent(format.count(urgent))}</span>}
              {minutes > 0 && <span className="muted">{today.spent(format.duration(minutes * 60))}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
