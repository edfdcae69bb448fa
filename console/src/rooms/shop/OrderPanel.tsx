import { EyeInvisibleOutlined, EyeOutlined } from "@/shell/icons";
import { Button, Tooltip } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { read, type Got } from "@/api/client";
import { useRead, useRole } from "@/api/hooks";
import { Facts } from "@/shell/Facts";
import { Panel, Section } from "@/shell/Panel";
import { Await } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useShopId } from "@/shell/useShopId";
import { useFormat } from "@/words/format";
import { useWords, type Words } from "@/words";
import styles from "./OrderPanel.module.css";
import { StatusTag } from "./StatusTag";

type Order = Got<"shop.get_order">;

/** An order whole: what, for whom, its way and its after-sales. */
export function OrderPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const words = useWords();
  const query = useRead("shop.get_order", { order_id: id }, { enabled: id !== "" });
  return (
    <Panel
      open={id !== ""}
      onClose={onClose}
      title={<span className="mono">{id}</span>}
      extra={
        <Link to={`../ask?${new URLSearchParams({ order: id })}`}>
          <Button size="small">{words.orders.ask}</Button>
        </Link>
      }
    >
      <Await query={query}>{(order) => <Whole key={order.id} order={order} />}</Await>
    </Panel>
  );
}

function Whole({ order }: { order: Order }) {
  const words = useWords();
  const format = useFormat();
  return (
    <>
      <div className={styles["head"]}>
        <StatusTag status={order.status} />
        <span className={styles["paid"]}>{format.money(order.paid_fen)}</span>
        <span className="muted">{order.buyer}</span>
      </div>
      <Section title={words.orders.lines}>
        <ul className={styles["lines"]}>
          {order.lines.map((line, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a line has no other name than its place
            <li key={index}>
              <span>
                {line.title}
                {line.attributes && <small className="muted">{line.attributes}</small>}
              </span>
              <span className="number">
                {line.price_fen != null && format.money(line.price_fen)} × {format.count(line.quantity)}
              </span>
            </li>
          ))}
          {order.lines.length === 0 && <li>{order.title || words.common.none}</li>}
        </ul>
      </Section>
      <Receiver order={order} />
      <Section title={words.orders.timeline}>
        <Timeline order={order} />
      </Section>
      {(order.carrier || order.tracking_no) && (
        <Section title={words.orders.delivery}>
          <Facts
            facts={[
              [words.orders.carrier, order.carrier],
              [words.orders.tracking, order.tracking_no],
            ]}
          />
        </Section>
      )}
      {order.refunds.length > 0 && (
        <Section title={words.orders.refunds}>
          {order.refunds.map((refund) => (
            <div key={refund.id} className={styles["refund"]}>
              <span>
                {named(words.orders.refundKinds, refund.kind)} ·{" "}
                {named(words.orders.refundStatuses, refund.status)}
                {refund.reason && <small className="muted">{refund.reason}</small>}
              </span>
              <span className="number">{format.money(refund.amount_fen)}</span>
            </div>
          ))}
        </Section>
      )}
      {(order.buyer_message || order.note || order.close_reason) && (
        <Section title={words.orders.note}>
          <Facts
            facts={[
              [words.orders.buyerMessage, order.buyer_message],
              [words.orders.note, order.note],
              [words.orders.closeReason, order.close_reason],
            ]}
          />
        </Section>
      )}
    </>
  );
}

function named(names: Record<string, string>, code: string): string {
  return names[code] ?? code;
}

function Timeline({ order }: { order: Order }) {
  const words = useWords();
  const format = useFormat();
  if (order.timeline.length === 0) return <p className="muted">{words.orders.noTimeline}</p>;
  return (
    <ol className={styles["timeline"]}>
      {order.timeline.map(({ at, what }) => (
        <li key={`${what}${at}`}>
          <span>{words.orders.moments[what satisfies keyof Words["orders"]["moments"]]}</span>
          <time dateTime={at} className="muted">
            {format.time(at)}
          </time>
        </li>
      ))}
    </ol>
  );
}

function Receiver({ order }: { order: Order }) {
  const words = useWords();
  const shop = useShopId();
  const tell = useTellProblem();
  const role = useRole();
  const [clear, setClear] = useState<Got<"shop.reveal_receiver"> | null>(null);
  const [busy, setBusy] = useState(false);
  const masked = [order.receiver_name, order.receiver_phone, order.receiver_address];
  if (masked.every((value) => !value)) {
    return (
      <Section title={words.orders.receiver}>
        <Facts facts={[[words.orders.address, order.receiver_city ?? words.orders.noReceiver]]} />
      </Section>
    );
  }
  const reveal = async () => {
    setBusy(true);
    try {
      setClear(await read(shop, "shop.reveal_receiver", { order_id: order.id }));
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  };
  const [name, phone, address] = clear ? [clear.name, clear.phone, clear.address] : masked;
  // A platform masks what it exports of older orders: then there is no more to see than before.
  const nothingMore = clear !== null && [name, phone, address].every((value, at) => value === masked[at]);
  return (
    <Section title={words.orders.receiver}>
      <Facts
        facts={[
          [words.orders.name, name],
          [words.orders.phone, phone],
          [words.orders.address, address],
        ]}
      />
      <div className={styles["reveal"]}>
        {clear ? (
          <>
            <Button size="small" icon={<EyeInvisibleOutlined />} onClick={() => setClear(null)}>
              {words.orders.hide}
            </Button>
            <small className={styles["recorded"]}>
              {nothingMore ? words.orders.maskedAtSource : words.orders.revealed}
            </small>
          </>
        ) : (
          role !== "viewer" && (
            <Tooltip title={words.orders.revealHint}>
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
