import { Button } from "antd";
import { useRows } from "@/api/rows";
import { Choice, known } from "@/shell/Choice";
import { Export } from "@/shell/Export";
import listStyles from "@/shell/list.module.css";
import { Page } from "@/shell/Page";
import { Records, type Column } from "@/shell/Records";
import { RowCard, RowName } from "@/shell/RowCard";
import { Empty } from "@/shell/States";
import { Toolbar } from "@/shell/Toolbar";
import { useAddress } from "@/shell/useAddress";
import { useOpened } from "@/shell/useOpened";
import { Views } from "@/shell/Views";
import { useFormat } from "@/words/format";
import { useWords, type Words } from "@/words";
import { WorkName, type WorkItem } from "./WorkName";
import { WorkPanel } from "./WorkPanel";

type Status = keyof Words["work"]["statuses"];

const NARROWED_BY = ["status", "kind"];

/** What shoppers want done, for a person to do where the shop lives. */
export function Component() {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const status = known(words.work.statuses, address.get("status")) ?? ("open" satisfies Status);
  const kind = known(words.work.kinds, address.get("kind"));
  const rows = useRows("service.list_work", {
    status,
    ...(kind && { kind }),
  });
  const { opened, open, close } = useOpened("item", rows);
  const clear = () => address.set({ status: null, kind: null });
  const filtered = Boolean(address.get("status") || kind);

  const columns: Column<WorkItem>[] = [
    {
      key: "kind",
      title: words.work.what,
      width: 190,
      cell: (row) => (
        <RowName onOpen={() => open(row.id)}>
          <WorkName item={row} />
        </RowName>
      ),
    },
    { key: "order", title: words.work.order, width: 200, cell: (row) => <span className="mono">{row.order_id}</span> },
    { key: "todo", title: words.work.todo, cell: (row) => <span className={listStyles["clip"]}>{todo(row)}</span> },
    { key: "status", title: words.work.status, width: 90, cell: (row) => words.work.statuses[row.status] },
    { key: "age", title: words.work.since, width: 185, cell: (row) => format.time(row.made_at) },
  ];
  return (
    <Page title={words.work.title} lead={words.work.lead}>
      <Toolbar>
        <Choice
          label={words.work.status}
          value={status}
          names={words.work.statuses}
          onChange={(value) => address.set({ status: value })}
        />
        <Choice
          label={words.work.kind}
          value={kind ?? ""}
          names={{ "": `${words.work.kind}: ${words.common.all}`, ...words.work.kinds }}
          onChange={(value) => address.set({ kind: value })}
        />
        {filtered && (
          <Button type="text" onClick={clear}>
            {words.goods.clear}
          </Button>
        )}
        <Views list="work" by={NARROWED_BY} />
        <Export table="work" given={{ status, kind }} />
      </Toolbar>
      <Records
        label={words.work.title}
        rows={rows}
        rowKey={(row) => row.id}
        columns={columns}
        onOpen={(row) => open(row.id)}
        card={(row) => (
          <RowCard onOpen={() => open(row.id)}>
            <span className={listStyles["between"]}>
              <small className="muted mono">{row.order_id}</small>
              <span className="muted">{format.shortDay(row.made_at)}</span>
            </span>
            <b>
              <WorkName item={row} />
            </b>
            <span className={listStyles["line"]}>{todo(row)}</span>
          </RowCard>
        )}
        empty={
          <Empty title={words.work.empty} hint={words.work.emptyHint}>
            {filtered && <Button onClick={clear}>{words.goods.clear}</Button>}
          </Empty>
        }
      />
      <WorkPanel key={opened?.id} item={opened} onClose={close} />
    </Page>
  );
}

/** What a person has to fill in there, or why it was filed. */
function todo(item: WorkItem): string {
  const filled = Object.entries(item.details)
    .filter(([name]) => name !== "invoice_type")
    .map(([, value]) => value);
  return filled.join(" · ") || item.why;
}
