import type { ReactNode } from "react";
import styles from "./list.module.css";

interface RowProps {
  onOpen: () => void;
  children: ReactNode;
}

interface RowCardProps extends RowProps {
  /** What stands before the text. */
  picture?: ReactNode;
}

/** A row of a list on a phone; pressing it opens the record. */
export function RowCard({ picture, onOpen, children }: RowCardProps) {
  return (
    <button type="button" className={`plain ${styles["rowCard"]}`} onClick={onOpen}>
      {picture}
      <span className={styles["rowText"]}>{children}</span>
    </button>
  );
}

/** The part of a row of a table by which the keyboard opens the record. */
export function RowName({ mono = false, onOpen, children }: RowProps & { mono?: boolean }) {
  return (
    <button type="button" className={`plain opens ${mono ? "mono" : ""}`} onClick={onOpen}>
      {children}
    </button>
  );
}
