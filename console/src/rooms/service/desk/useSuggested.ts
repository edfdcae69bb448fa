import { useDeferredValue } from "react";
import { useRead } from "@/api/hooks";
import type { Agent } from "./people";
import type { Suggestion } from "./Suggestions";

const MOST = 8;

/** One's own phrases, the shop's, and answers, in this order; or colleagues. */
export function useSuggested(what: "phrase" | "person" | undefined, q: string, agents: Agent[]): Suggestion[] {
  const asked = useDeferredValue(q);
  const enabled = what === "phrase";
  const phrases = useRead("service.list_phrases", {}, { enabled });
  const faqs = useRead("knowledge.list_faqs", { q: asked, size: 50 }, { enabled });
  if (what === "person") {
    return agents
      .filter(({ name, is_me: isMe }) => name.includes(q) && !isMe)
      .slice(0, MOST)
      .map(({ id, name }) => ({ id, title: name, text: "" }));
  }
  if (what === undefined || !faqs.data) return [];
  const kept = (phrases.data?.items ?? []).filter(({ title, text }) => title.includes(q) || text.includes(q));
  const told = faqs.data.items
    .filter((faq) => faq.is_told)
    .sort((one, other) => Number(other.is_phrase) - Number(one.is_phrase))
    .map(({ id, question, answer }) => ({ id, title: question, text: answer }));
  return [...kept, ...told].slice(0, MOST);
}
