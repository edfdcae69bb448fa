import { Button } from "antd";
import { Link } from "react-router";
import type { Got, Item } from "@/api/client";
import { useRows } from "@/api/rows";
import { useRead } from "@/api/hooks";
import { Choice, known } from "@/shell/Choice";
import listStyles from "@/shell/list.module.css";
import { Page } from "@/shell/Page";
import { Records, type Column } from "@/shell/Records";
import { RowCard, RowName } from "@/shell/RowCard";
import { Empty } from "@/shell/States";
import { Tag } from "@/shell/Tag";
import { Toolbar } from "@/shell/Toolbar";
import { useAddress } from "@/shell/useAddress";
import { useOpened } from "@/shell/useOpened";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { GapPanel } from "./GapPanel";
import styles from "./gaps.module.css";

export type Gap = Item<"service.list_gaps">;

/** Questions that nobody could answer surely, the costliest first, each to be answered in one click. */
export function Component() {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const status = known(words.gaps.statuses, address.get("status")) ?? "open";
  const days = Number(known(words.gaps.daysOf, address.get("days")) ?? 30);
  const rows = useRows("service.list_gaps", { status, days });
  const page = useRead("service.list_gaps", { status, days, size: 1 });
  const { opened, open, close } = useOpened("gap", rows);

  const columns: Column<Gap>[] = [
    {
      key: "question",
      title: words.gaps.question,
      cell: (row) => (
        <RowName onOpen={() => open(row.id)}>
          <span className={listStyles["clip"]}>{row.question}</span>
          <Marks gap={row} />
        </RowName>
      ),
    },
    {
      key: "count",
      title: words.gaps.asked,
      figure: true,
      width: 110,
      cell: (row) => (
        <>
          {format.count(row.count)} <Trend gap={row} />
        </>
      ),
    },
    {
      key: "minutes",
      title: words.gaps.spent,
      figure: true,
      width: 130,
      cell: (row) => format.duration(row.minutes * 60),
    },
    {
      key: "lost",
      title: words.gaps.lost,
      figure: true,
      width: 110,
      cell: (row) => <span className={row.lost > 0 ? listStyles["alarm"] : ""}>{format.count(row.lost)}</span>,
    },
    { key: "last", title: words.gaps.last, width: 150, cell: (row) => format.shortDay(row.last_at) },
  ];
  return (
    <Page title={words.gaps.title} lead={words.gaps.lead}>
      <Toolbar>
        <Choice
          label={words.gaps.status}
          value={status}
          names={words.gaps.statuses}
          onChange={(value) => address.set({ status: value })}
        />
        <Choice
          label={words.gaps.days}
          value={String(days)}
          names={words.gaps.daysOf}
          onChange={(value) => address.set({ days: value })}
        />
        <Link to="../answers?tab=proposals">
          <Button type="link">{words.gaps.toProposals}</Button>
        </Link>
      </Toolbar>
      {page.data && <Sum found={page.data} />}
      <Records
        label={words.gaps.title}
        rows={rows}
        rowKey={(row) => row.id}
        columns={columns}
        onOpen={(row) => open(row.id)}
        card={(row) => (
          <RowCard onOpen={() => open(row.id)}>
            <b>{row.question}</b>
            <Marks gap={row} />
            <span className={`muted ${listStyles["between"]}`}>
              <span>{words.gaps.times(format.count(row.count))}</span>
              <span>{words.gaps.spentFor(format.duration(row.minutes * 60))}</span>
              <span>{words.gaps.lostCount(format.count(row.lost))}</span>
            </span>
          </RowCard>
        )}
        empty={
          status === "open" ? (
            <Empty title={words.gaps.empty} hint={words.gaps.emptyHint} />
          ) : (
            <Empty title={words.gaps.noneDismissed} />
          )
        }
      />
      <GapPanel key={opened?.id} gap={opened} days={days} onClose={close} />
    </Page>
  );
}

/** What all of it comes to, and what is not among it. */
function Sum({ found }: { found: Got<"service.list_gaps"> }) {
  const words = useWords();
  const format = useFormat();
  if (found.questions === 0) return null;
  return (
    <p className={`muted ${styles["sum"]}`}>
      {words.gaps.sum(format.count(found.questions), format.duration(found.minutes * 60), format.count(found.lost))}
      {found.leaning > 0 && ` ${words.gaps.leaning(format.count(found.leaning))}`}
      {found.is_cut_off && ` ${words.gaps.cutOff}`}
    </p>
  );
}

function Marks({ gap }: { gap: Gap }) {
  const words = useWords();
  if (!gap.is_again && !gap.is_personal) return null;
  return (
    <span className={styles["marks"]}>
      {gap.is_again && <Tag tone="alarm">{words.gaps.again}</Tag>}
      {gap.is_personal && <Tag tone="quiet">{words.gaps.personal}</Tag>}
    </span>
  );
}

/** Whether it is asked more or less often than in the first half of the days. */
export function Trend({ gap }: { gap: Gap }) {
  const words = useWords();
  const format = useFormat();
  if (gap.recent === gap.before) return null;
  const rises = gap.recent > gap.before;
  const said = words.gaps.trend(format.count(gap.before), format.count(gap.recent));
  return (
    <span className={rises ? listStyles["alarm"] : listStyles["good"]} title={said}>
      <span aria-hidden="true">{rises ? "↑" : "↓"}</span>
      <span className="unseen">{said}</span>
    </span>
  );
}
