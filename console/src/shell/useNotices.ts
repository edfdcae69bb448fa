import { useEffect, useRef, useState } from "react";
import { useRead } from "@/api/hooks";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { fresh, notices, type Notice } from "./notices";
import { useShopId } from "./useShopId";

/** Also while nobody looks: that is when the browser tells of it. */
const REGULARLY = { every: () => 60_000, behind: true };

interface Notices {
  items: Notice[];
  say: (notice: Notice) => string;
  /** What has ended by now counts as seen from the next visit on. */
  look: () => void;
}

/** What waits and what has ended, told by the browser too where it may and nobody looks. */
export function useNotices(): Notices {
  const shop = useShopId();
  const today = useRead("service.today", {}, REGULARLY);
  const imports = useRead("shop.list_imports", {}, REGULARLY);
  const evaluations = useRead("service.list_evaluations", {}, REGULARLY);
  const [looked, setLooked] = useState(() => lastLook(shop));
  const say = useSay();
  const isRead = today.data !== undefined && imports.data !== undefined && evaluations.data !== undefined;
  const items = notices({
    waiting: today.data?.waiting,
    imports: imports.data?.items ?? [],
    evaluations: evaluations.data?.items ?? [],
    looked,
  });
  const told = useRef<Notice[] | null>(null);
  useEffect(() => {
    if (!isRead) return;
    const news = told.current === null ? [] : fresh(told.current, items);
    told.current = items;
    if (document.hidden && globalThis.Notification?.permission === "granted") {
      for (const notice of news) tell(say(notice), notice.key);
    }
  });
  return {
    items,
    say,
    look: () => {
      rememberLook(shop, Date.now());
      setLooked(Date.now());
    },
  };
}

/** By the browser, once for each tag. */
function tell(said: string, tag: string): Notification {
  return new Notification(said, { tag });
}

function useSay(): (notice: Notice) => string {
  const words = useWords();
  const format = useFormat();
  return ({ what, count, at }) =>
    words.notices[what](what === "approvals" || what === "work" ? format.count(count) : format.time(at));
}

function keyOf(shop: string): string {
  return `zhanggui.looked.${shop}`;
}

function lastLook(shop: string): number {
  try {
    const kept = Number(localStorage.getItem(keyOf(shop)));
    if (kept > 0) return kept;
  } catch {
    // Then only what ends during this visit is told.
  }
  rememberLook(shop, Date.now());
  return Date.now();
}

function rememberLook(shop: string, moment: number): void {
  try {
    localStorage.setItem(keyOf(shop), String(moment));
  } catch {
    // As above.
  }
}
