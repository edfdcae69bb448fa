import { useEffect, type ReactNode } from "react";
import { useWords } from "@/words";
import styles from "./Page.module.css";

interface PageProps {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** It fills the window, and what is in it scrolls by itself. */
  fills?: boolean;
  children: ReactNode;
}

/** A screen: its title over a ledger's double rule, what can be done, and the content. */
export function Page({ title, lead, actions, fills = false, children }: PageProps) {
  const words = useWords();
  useEffect(() => {
    document.title = `${title} · ${words.product}`;
  }, [title, words]);
  return (
    <div className={`${styles["page"]} ${fills ? styles["fills"] : ""}`}>
      <header className={styles["header"]}>
        <div className={styles["heading"]}>
          <h1>{title}</h1>
          {lead && <p className={styles["lead"]}>{lead}</p>}
        </div>
        {actions && <div className={styles["actions"]}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
