import { useWords } from "@/words";
import type { Webhook } from "./naming";
import styles from "./webhooks.module.css";

/** How a webhook is doing, in a word. */
export function State({ webhook }: { webhook: Webhook }) {
  const { states } = useWords().webhooks;
  if (webhook.stopped) return <Tag tone="alarm">{states[webhook.stopped]}</Tag>;
  if (!webhook.is_on) return <Tag tone="quiet">{states.off}</Tag>;
  if (webhook.failing_since) return <Tag tone="waiting">{states.waiting}</Tag>;
  return <Tag tone="done">{states.on}</Tag>;
}

interface TagProps {
  tone: "quiet" | "waiting" | "done" | "alarm";
  children: string;
}

export function Tag({ tone, children }: TagProps) {
  return <span className={`${styles["tag"]} ${styles[tone]}`}>{children}</span>;
}
