import { useEffect, useRef } from "react";
import { client } from "@/api/client";
import { useShopId } from "@/shell/useShopId";

const EVERY_MS = 15_000;
/** Between two signs of writing. */
const TYPED_MS = 3000;

/** Says that a conversation is open here, for as long as it is; gives what to call on each key pressed. */
export function useHere(id: string, enabled: boolean): () => void {
  const shop = useShopId();
  const typed = useRef(0);
  useEffect(() => {
    if (!enabled) return undefined;
    const here = () => say(shop, id, false);
    here();
    const timer = setInterval(here, EVERY_MS);
    return () => clearInterval(timer);
  }, [shop, id, enabled]);
  return () => {
    if (!enabled || Date.now() - typed.current < TYPED_MS) return;
    typed.current = Date.now();
    say(shop, id, true);
  };
}

function say(shop: string, id: string, isTyping: boolean): void {
  client
    .POST("/api/shops/{shop_id}/service/conversations/{conversation_id}/here", {
      params: { path: { shop_id: shop, conversation_id: id } },
      body: { is_typing: isTyping },
    })
    // A sign that is lost is followed by the next one.
    .catch(() => undefined);
}
