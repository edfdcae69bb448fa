import type { ReactNode } from "react";
import styles from "./Facts.module.css";

interface FactsProps {
  facts: readonly (readonly [name: string, value: ReactNode])[];
}

/** Names and values; what has no value is left out. */
export function Facts({ facts }: FactsProps) {
  const known = facts.filter(([, value]) => value != null && value !== "");
  return (
    <dl className={styles["facts"]}>
      {known.map(([name, value]) => (
        <div key={name} className={styles["fact"]}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
