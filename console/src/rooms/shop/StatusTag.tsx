import { useWords, type Words } from "@/words";
import styles from "./StatusTag.module.css";

export type OrderStatus = keyof Words["orders"]["statuses"];

const TONES: Record<OrderStatus, string> = {
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

export function StatusTag({ status }: { status: OrderStatus }) {
  const words = useWords();
  return (
    <span className={`${styles["tag"]} ${styles[TONES[status]]}`}>{words.orders.statuses[status]}</span>
  );
}
