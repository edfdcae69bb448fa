import type { CSSProperties } from "react";
import { Link, useLocation } from "react-router";
import { useRead } from "@/api/hooks";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./RunningWork.module.css";
import { useShopId } from "./useShopId";

/** An import that runs while another screen is open, and the way to it. */
export function RunningWork() {
  const words = useWords();
  const format = useFormat();
  const shop = useShopId();
  const { pathname } = useLocation();
  const { data } = useRead(
    "shop.list_imports",
    { size: 5 },
    { every: (seen) => (seen?.items.some(({ state }) => isMoving(state)) ? 2000 : 30_000) },
  );
  const running = data?.items.find(({ state }) => isMoving(state));
  if (!running || pathname.startsWith(`/shops/${shop}/import`)) return null;
  const share = running.bytes_total ? running.bytes_done / running.bytes_total : 0;
  return (
    <Link className={styles["chip"]} to={`/shops/${shop}/import/${running.id}`}>
      <span className={styles["dial"]} style={{ "--share": share } as CSSProperties} aria-hidden="true" />
      <span>{words.imports.running(format.percent(share))}</span>
    </Link>
  );
}

function isMoving(state: string): boolean {
  return state === "queued" || state === "running" || state === "undoing";
}
