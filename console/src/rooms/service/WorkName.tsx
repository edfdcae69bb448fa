import type { Item } from "@/api/client";
import { useWords } from "@/words";
import styles from "./Work.module.css";

export type WorkItem = Item<"service.list_work">;

/** What is to be done, and whether it is pressing. */
export function WorkName({ item }: { item: WorkItem }) {
  const words = useWords();
  return (
    <span>
      {words.work.kinds[item.kind]}
      {item.is_urgent && <span className={styles["urgent"]}>{words.work.urgent}</span>}
    </span>
  );
}
