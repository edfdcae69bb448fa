import { useRead } from "@/api/hooks";
import { useWords } from "@/words";

const GOODS = 2;
const ANSWERS = 1;
const TOPICS = 4;

/** What shoppers of this shop might ask: of its goods, its answers and the usual topics; and what is no question. */
export function useSuggested(): string[] {
  const words = useWords();
  const goods = useRead("shop.list_products", { size: GOODS });
  const faqs = useRead("knowledge.list_faqs", { size: ANSWERS });
  const topics = useRead("knowledge.list_topics", {});
  const titles = goods.data?.items.map(({ title }) => title).filter(Boolean) ?? [];
  const own = faqs.data?.items.map(({ question }) => question).filter(Boolean) ?? [];
  const usual = topics.data?.items.slice(0, TOPICS) ?? [];
  const suggested = [
    ...titles.map((title) => words.trying.price(title)),
    ...own,
    ...usual.map(({ id }) => words.trying.topics[id]),
    words.trying.complaint,
  ];
  return [...new Set(suggested)];
}
