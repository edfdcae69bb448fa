import type { ReactNode } from "react";
import styles from "./Records.module.css";

/** What narrows a list, above it. */
export function Toolbar({ children }: { children: ReactNode }) {
  return <div className={styles["tools"]}>{children}</div>;
}
