import { useRead } from "@/api/hooks";
import { useWords, type Words } from "@/words";
import type { Find } from "./finding";
import { PLACES } from "./rooms";
import { usePaused } from "./usePaused";

const PAUSE_MS = 200;

interface Finds {
  finds: Find[];
  /** Something is still being looked for. */
  busy: boolean;
  error: Error | null;
}

/** All that is called so: screens at once, records when typing pauses. */
export function useFinds(typed: string): Finds {
  const words = useWords();
  const wanted = typed.trim();
  const q = usePaused(wanted, PAUSE_MS);
  const asks = { enabled: q !== "" };
  const shop = useRead("shop.search", { q }, asks);
  const knowledge = useRead("knowledge.search", { q }, asks);
  if (wanted === "") return { finds: [], busy: false, error: null };
  // Both at once: what comes later must not push away what a finger is about to touch.
  const arrived = [shop, knowledge].every(({ data, error }) => data || error);
  const there = q !== "" && arrived ? { shop: shop.data, knowledge: knowledge.data } : {};
  return {
    finds: [...screens(words, wanted), ...records(words, there.shop), ...written(there.knowledge)],
    busy: q !== wanted || shop.isFetching || knowledge.isFetching,
    error: shop.error ?? knowledge.error,
  };
}

/** Screens by name, and the parts of those that have parts. */
function screens(words: Words, q: string): Find[] {
  const all = PLACES.flatMap(({ path, label, parts = [] }) => [
    { to: path, title: label(words), more: undefined },
    ...parts.map((part) => ({ to: path + part.to, title: part.label(words), more: label(words) })),
  ]);
  return all
    .filter(({ title }) => title.toLowerCase().includes(q.toLowerCase()))
    .map((found) => ({ kind: "screens", key: `screen ${found.to}`, ...found }));
}

type ShopHits = NonNullable<ReturnType<typeof useRead<"shop.search">>["data"]>;
type KnowledgeHits = NonNullable<ReturnType<typeof useRead<"knowledge.search">>["data"]>;

function records(words: Words, hits: ShopHits | undefined): Find[] {
  if (!hits) return [];
  return [
    ...hits.products.map(({ id, title }) =>
      find("products", id, title || id, id, `goods?${new URLSearchParams({ product: id })}`),
    ),
    ...hits.orders.map(({ id, status, title, buyer }) =>
      find(
        "orders",
        id,
        id,
        [words.orders.statuses[status], buyer, title].filter(Boolean).join(" · "),
        `orders?${new URLSearchParams({ order: id })}`,
      ),
    ),
    ...hits.buyers.map(({ id, nick }) =>
      find("buyers", id, nick, undefined, `orders?${new URLSearchParams({ q: nick })}`),
    ),
  ];
}

function written(hits: KnowledgeHits | undefined): Find[] {
  if (!hits) return [];
  return [
    ...hits.answers.map(({ id, title, text }) =>
      find("answers", id, title || text, text, `answers?${new URLSearchParams({ q: title || text.slice(0, 40) })}`),
    ),
    ...hits.policies.map(({ id, title, text }) =>
      find("policies", id, title, text, `answers?tab=policies#${encodeURIComponent(id)}`),
    ),
    ...hits.documents.map(({ id, of, title, text }) =>
      find("documents", id, title, text, `answers?${new URLSearchParams({ tab: "documents", document: of })}`),
    ),
  ];
}

function find(kind: Find["kind"], id: string, title: string, more: string | undefined, to: string): Find {
  return { kind, key: `${kind} ${id}`, title, more, to };
}
