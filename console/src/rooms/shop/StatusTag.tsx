import { Tag, type Tone } from "@/shell/Tag";
import { useWords, type Words } from "@/words";

export type OrderStatus = keyof Words["orders"]["statuses"];
export type RefundStatus = keyof Words["orders"]["refundStatuses"];
export type CouponState = keyof Words["coupons"]["states"];

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
  return <Tag tone={ORDERS[status]}>{useWords().orders.statuses[status]}</Tag>;
}

export function RefundTag({ status }: { status: RefundStatus }) {
  return <Tag tone={REFUNDS[status]}>{useWords().orders.refundStatuses[status]}</Tag>;
}

export function CouponTag({ state }: { state: CouponState }) {
  return <Tag tone={COUPONS[state]}>{useWords().coupons.states[state]}</Tag>;
}
