import { Button } from "antd";
import { useState, type KeyboardEvent } from "react";
import { Link, useSearchParams } from "react-router";
import type { Given } from "@/api/client";
import { useRead } from "@/api/hooks";
import { Tag } from "@/shell/Tag";
import { Await, Empty } from "@/shell/States";
import { useFormat } from "@/words/format";
import { useWords, type Words } from "@/words";
import { Clock } from "./Clock";
import styles from "./Conversations.module.css";
import { focusWriting, stepInList } from "./focusing";
import { channelOf, namesOf, othersOf, standing, useMe, whoOf, type DeskView, type Row } from "./people";
import { lookEvery } from "./useLive";

export type Tab = keyof Words["desk"]["tabs"];

const ASKED: Record<Tab, Given<"service.list_conversations">> = {
  queue: { which: "people", whose: "nobody" },
  mine: { which: "people", whose: "mine" },
  people: { which: "people" },
  ai: { which: "ai" },
  closed: { which: "closed" },
};
const SIZE = 50;
const MOST = 500;
const STEPS: Record<string, 1 | -1> = { ArrowDown: 1, ArrowUp: -1 };

interface ConversationsProps {
  desk: DeskView | undefined;
  tab: Tab;
  open: string;
  isLive: boolean;
}

/** The conversations of a tab: the urgent first, then by when they are due. */
export function Conversations({ desk, tab, open, isLive }: ConversationsProps) {
  const words = useWords();
  const format = useFormat();
  const leadTo = useLeadTo();
  const [size, setSize] = useState(SIZE);
  const query = useRead(
    "service.list_conversations",
    { ...ASKED[tab], size },
    { every: () => lookEvery(isLive) },
  );
  const counts: Partial<Record<Tab, number | undefined>> = {
    queue: desk?.unassigned,
    mine: desk?.mine,
    ai: desk?.ai,
  };
  return (
    <section className={`card ${styles["side"]}`} aria-label={words.desk.list}>
      <nav className={styles["tabs"]} aria-label={words.desk.list}>
        {(Object.keys(ASKED) as Tab[]).map((each) => (
          <Link
            key={each}
            to={leadTo({ tab: each })}
            title={words.desk.tabHints[each]}
            aria-current={each === tab ? "page" : undefined}
            replace
          >
            {words.desk.tabs[each]}
            {(counts[each] ?? 0) > 0 && <small>{format.count(counts[each])}</small>}
          </Link>
        ))}
      </nav>
      <div className={styles["scroll"]}>
        <Await query={query} rows={6}>
          {({ items, total }) =>
            items.length === 0 ? (
              <Empty title={words.desk.empty[tab]} hint={tab === "closed" ? undefined : words.desk.emptyHint} />
            ) : (
              <>
                {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys move among the links within */}
                <ul className={styles["rows"]} aria-label={words.desk.list} onKeyDown={walk}>
                  {items.map((row) => (
                    <li key={row.id}>
                      <Link
                        to={leadTo({ open: row.id })}
                        className={styles["row"] ?? ""}
                        data-urgent={row.is_urgent || undefined}
                        aria-current={row.id === open ? "true" : undefined}
                        data-conversation
                      >
                        <Summary row={row} />
                      </Link>
                    </li>
                  ))}
                </ul>
                {total > items.length && size < MOST && (
                  <Button type="link" block onClick={() => setSize(Math.min(size + SIZE, MOST))}>
                    {words.desk.more}
                  </Button>
                )}
              </>
            )
          }
        </Await>
      </div>
      <p className={styles["keys"]}>{words.desk.keys}</p>
    </section>
  );
}

function Summary({ row }: { row: Row }) {
  const words = useWords();
  const format = useFormat();
  const me = useMe();
  const others = othersOf(row, me);
  return (
    <>
      <span className={styles["line"]}>
        <b>{whoOf(row, words)}</b>
        {row.is_urgent && <Tag tone="alarm">{words.desk.urgent}</Tag>}
        <span className={styles["when"]}>
          {row.due_at ? <Clock at={row.due_at} /> : <time dateTime={row.last_at}>{format.hour(row.last_at)}</time>}
        </span>
      </span>
      <span className={styles["last"]}>{(row.asked ?? row.last) || words.desk.image}</span>
      <span className={styles["marks"]}>
        {row.promised_at && <span className={styles["promised"]}>{words.desk.promised(format.time(row.promised_at))}</span>}
        {row.channel !== "widget" && <span className={styles["tag"]}>{channelOf(row, words)}</span>}
        {row.cause && <span>{words.desk.causes[row.cause]}</span>}
        {row.skill && row.skill !== row.cause && <span className={styles["skill"]}>{words.desk.skills[row.skill]}</span>}
        {row.tags.map((each) => (
          <span key={each} className={styles["tag"]}>
            {each}
          </span>
        ))}
        {row.assignee && <span>{standing(row, me, words)}</span>}
        {others.length > 0 && (
          <span className={styles["others"]}>{words.desk.looking(namesOf(others, words))}</span>
        )}
      </span>
    </>
  );
}

/** The address with something else chosen: going back leads to what was open before. */
export function useLeadTo(): (change: { tab?: Tab; open?: string }) => { search: string } {
  const [search] = useSearchParams();
  return (change) => {
    const after = new URLSearchParams(search);
    for (const [name, value] of Object.entries(change)) {
      if (value) after.set(name, value);
      else after.delete(name);
    }
    return { search: `?${after}` };
  };
}

/** The arrows move among the conversations, and Enter on the one that is open leads to where one writes. */
function walk(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = STEPS[event.key];
  const isOpen = document.activeElement?.getAttribute("aria-current") === "true";
  if (step) stepInList(step);
  else if (!(event.key === "Enter" && isOpen && focusWriting())) return;
  event.preventDefault();
}
