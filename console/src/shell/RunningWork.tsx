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
  const elsewhere = !pathname.startsWith(`/shops/${shop}/import`);
  const list = useRead("shop.list_imports", {}, { enabled: elsewhere });
  const moving = list.data?.items.find(({ state }) => isMoving(state));
  const { data } = useRead(
    "shop.get_import",
    { import_id: moving?.id ?? "" },
    {
      enabled: elsewhere && moving !== undefined,
      every: (seen) => (!seen || isMoving(seen.state) ? 1500 : false),
    },
  );
  if (!elsewhere || !moving || data?.id !== moving.id) return null;
  const share = data.bytes_total ? data.bytes_done / data.bytes_total : 0;
  const moves = isMoving(data.state);
  return (
    <Link className={styles["chip"]} to={`/shops/${shop}/import/${data.id}`}>
      <span className={styles["dial"]} style={{ "--share": moves ? share : 1 } as CSSProperties} aria-hidden="true" />
      <span>{moves ? words.imports.running(format.percent(share)) : words.imports.finished}</span>
    </Link>
  );
}

function isMoving(state: string): boolean {
  return state === "queued" || state === "running" || state === "undoing";
}
