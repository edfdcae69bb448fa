import styles from "./Count.module.css";

/** Beyond it the figure says no more than that there are many. */
const MOST = 99;

/** How many things wait in a place. */
export function Count({ useCount }: { useCount: () => number }) {
  // A place has the same hook for as long as the program runs.
  // oxlint-disable-next-line react/hooks
  const count = useCount();
  return count > 0 && <small className={styles["count"]}>{count > MOST ? `${MOST}+` : count}</small>;
}
