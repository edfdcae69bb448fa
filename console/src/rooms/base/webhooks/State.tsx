import { Tag } from "@/shell/Tag";
import { useWords } from "@/words";
import type { Webhook } from "./naming";

/** How a webhook is doing, in a word. */
export function State({ webhook }: { webhook: Webhook }) {
  const { states } = useWords().webhooks;
  if (webhook.stopped) return <Tag tone="alarm">{states[webhook.stopped]}</Tag>;
  if (!webhook.is_on) return <Tag tone="quiet">{states.off}</Tag>;
  if (webhook.failing_since) return <Tag tone="waiting">{states.waiting}</Tag>;
  return <Tag tone="done">{states.on}</Tag>;
}
