import styles from "./Tag.module.css";

export type Tone = "quiet" | "waiting" | "moving" | "done" | "alarm";

/** How something stands, in a word. */
export function Tag({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`${styles["tag"]} ${styles[tone]}`}>{children}</span>;
}
