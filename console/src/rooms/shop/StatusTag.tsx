import { useWords, type Words } from "@/words";
import styles from "./StatusTag.module.css";

export type OrderStatus = keyof Words["orders"]["statuses"];
export type RefundStatus = keyof Words["orders"]["refundStatuses"];
export type CouponState = keyof Words["coupons"]["states"];

type Tone = "quiet" | "waiting" | "moving" | "done" | "alarm";

const ORDERS: Record<OrderStatus, Tone> = {
  unpaid: "quiet",
  paid: "waiting",
  part_shipped: "waiting",
  shipped: "moving",
  delivered: "moving",
  completed: "done",
  closed: "quiet",
  refunding: "alarm",
  unknown: "quiet",
};

const REFUNDS: Record<RefundStatus, Tone> = {
  pending: "alarm",
  approved: "waiting",
  returning: "moving",
  received: "waiting",
  done: "done",
  refused: "quiet",
  cancelled: "quiet",
  unknown: "quiet",
};

const COUPONS: Record<CouponState, Tone> = { running: "moving", coming: "waiting", over: "quiet" };

export function StatusTag({ status }: { status: OrderStatus }) {
  return <Tag tone={ORDERS[status]} name={useWords().orders.statuses[status]} />;
}

export function RefundTag({ status }: { status: RefundStatus }) {
  return <Tag tone={REFUNDS[status]} name={useWords().orders.refundStatuses[status]} />;
}

export function CouponTag({ state }: { state: CouponState }) {
  return <Tag tone={COUPONS[state]} name={useWords().coupons.states[state]} />;
}

function Tag({ tone, name }: { tone: Tone; name: string }) {
  return <span className={`${styles["tag"]} ${styles[tone]}`}>{name}</span>;
}
