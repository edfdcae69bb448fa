import { App, Button, Input, Tooltip } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { read, type Got } from "@/api/client";
import { useChange, useRole } from "@/api/hooks";
import { Facts } from "@/shell/Facts";
import { EyeInvisibleOutlined, EyeOutlined } from "@/shell/icons";
import { Panel, Section } from "@/shell/Panel";
import { useTellProblem } from "@/shell/useProblem";
import { useShopId } from "@/shell/useShopId";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Work.module.css";
import { WorkName, type WorkItem } from "./WorkName";

interface WorkPanelProps {
  item: WorkItem | undefined;
  onClose: () => void;
}

/** A work item: what to write, why, and what came of it. */
export function WorkPanel({ item, onClose }: WorkPanelProps) {
  const words = useWords();
  const format = useFormat();
  return (
    <Panel
      open={item !== undefined}
      onClose={onClose}
      title={item && <WorkName item={item} />}
      extra={
        item && (
          <Link to={`../orders?${new URLSearchParams({ order: item.order_id })}`}>
            <Button size="small">{words.work.seeOrder}</Button>
          </Link>
        )
      }
    >
      {item && (
        <>
          <Details item={item} />
          <Section title={words.work.why}>
            <Facts
              facts={[
                [words.work.order, item.order_id],
                [words.work.rule, item.why],
                [words.work.sources, item.sources.join(", ")],
                [words.work.said, item.words],
                [words.work.since, format.time(item.made_at)],
                [words.work.decided, item.decided_at && format.time(item.decided_at)],
                [words.work.note, item.note],
              ]}
            />
          </Section>
          {item.status === "open" && <Decide item={item} onDone={onClose} />}
        </>
      )}
    </Panel>
  );
}

/** What is filled in, masked until somebody asks for it whole, which is recorded. */
function Details({ item }: { item: WorkItem }) {
  const words = useWords();
  const shop = useShopId();
  const tell = useTellProblem();
  const role = useRole();
  const [whole, setWhole] = useState<Got<"service.get_work"> | null>(null);
  const [busy, setBusy] = useState(false);
  const filled = Object.entries(whole?.details ?? item.details);
  if (filled.length === 0) return null;
  const reveal = async () => {
    setBusy(true);
    try {
      setWhole(await read(shop, "service.get_work", { id: item.id }));
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  };
  const named = words.work.fields as Record<string, string>;
  const types = words.work.invoiceTypes as Record<string, string>;
  return (
    <Section title={words.work.todo}>
      <Facts
        facts={filled.map(([name, value]) => [
          named[name] ?? name,
          name === "invoice_type" ? (types[value] ?? value) : value,
        ])}
      />
      <div className={styles["reveal"]}>
        {whole ? (
          <>
            <Button size="small" icon={<EyeInvisibleOutlined />} onClick={() => setWhole(null)}>
              {words.orders.hide}
            </Button>
            <small className="muted">{words.orders.revealed}</small>
          </>
        ) : (
          role !== "viewer" && (
            <Tooltip title={words.work.revealHint}>
              <Button size="small" icon={<EyeOutlined />} loading={busy} onClick={reveal}>
                {words.orders.reveal}
              </Button>
            </Tooltip>
          )
        )}
      </div>
    </Section>
  );
}

function Decide({ item, onDone }: { item: WorkItem; onDone: () => void }) {
  const words = useWords();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const finish = useChange("service.finish_work");
  const [note, setNote] = useState("");
  if (useRole() === "viewer") return null;
  const go = (status: "done" | "dropped") =>
    finish.mutate(
      { id: item.id, status, note: note.trim() || null },
      {
        onSuccess: () => {
          void message.success(words.work.outcomes[status]);
          onDone();
        },
        onError: tell,
      },
    );
  return (
    <Section title={words.work.decide}>
      <div className={styles["decide"]}>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 6 }}
          value={note}
          maxLength={500}
          aria-label={words.work.note}
          placeholder={words.work.notePlaceholder}
          onChange={(event) => setNote(event.target.value)}
        />
        <div className={styles["buttons"]}>
          <Button type="primary" loading={finish.isPending} onClick={() => go("done")}>
            {words.work.done}
          </Button>
          <Button disabled={finish.isPending} onClick={() => go("dropped")}>
            {words.work.drop}
          </Button>
        </div>
      </div>
    </Section>
  );
}
