import { Button } from "antd";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Pager.module.css";
import { useAddress } from "./useAddress";

/** Back and on through a list that comes by pages; the page is in the address. Nothing for a single one. */
export function Pager({ page, total, size }: { page: number; total: number; size: number }) {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const last = Math.max(1, Math.ceil(total / size));
  if (last === 1) return null;
  const go = (to: number) => {
    address.set({ page: to > 1 ? String(to) : null }, { page: true });
    window.scrollTo({ top: 0 });
  };
  return (
    <nav className={styles["pager"]} aria-label={words.common.page(format.count(page), format.count(last))}>
      <Button disabled={page <= 1} onClick={() => go(page - 1)}>
        {words.common.previous}
      </Button>
      <span className="muted">{words.common.page(format.count(page), format.count(last))}</span>
      <Button disabled={page >= last} onClick={() => go(page + 1)}>
        {words.common.next}
      </Button>
    </nav>
  );
}
