import type { UseQueryResult } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import { ApiError } from "@/api/errors";
import { useWords } from "@/words";
import styles from "./States.module.css";
import { describe } from "./useProblem";

/** Something is being read; shaped like text so that the page does not jump. */
export function Loading({ rows = 5 }: { rows?: number }) {
  const words = useWords();
  return (
    <output className={styles["loading"]} aria-label={words.common.loading}>
      <Skeleton active title={false} paragraph={{ rows }} />
    </output>
  );
}

interface EmptyProps {
  title: string;
  hint?: string | undefined;
  children?: ReactNode;
}

/** There is nothing to show, and what to do about it. */
export function Empty({ title, hint, children }: EmptyProps) {
  return (
    <div className={styles["state"]}>
      <svg className={styles["mark"]} viewBox="0 0 72 56" aria-hidden="true">
        <path d="M10 8h44a6 6 0 0 1 6 6v34H16a6 6 0 0 1-6-6z" />
        <path d="M10 42a6 6 0 0 1 6-6h44M22 18h26M22 26h16" />
      </svg>
      <p className={styles["title"]}>{title}</p>
      {hint && <p className={styles["hint"]}>{hint}</p>}
      {children && <div className={styles["actions"]}>{children}</div>}
    </div>
  );
}

/** Something went wrong, in the server's words where it had any. */
export function Failed({ error, retry }: { error: unknown; retry?: (() => unknown) | undefined }) {
  const words = useWords();
  const { title, hint } = describe(error, words);
  const where = error instanceof ApiError ? error.where : null;
  return (
    <div className={styles["state"]} role="alert">
      <svg className={`${styles["mark"]} ${styles["bad"]}`} viewBox="0 0 72 56" aria-hidden="true">
        <path d="M10 8h44a6 6 0 0 1 6 6v34H16a6 6 0 0 1-6-6zM35 18v12M35 37v.5" />
      </svg>
      <p className={styles["title"]}>{title}</p>
      {hint && <p className={styles["hint"]}>{hint}</p>}
      {where && <p className={styles["hint"]}>{words.errors.where(where)}</p>}
      {retry && (
        <div className={styles["actions"]}>
          <Button onClick={() => retry()}>{words.common.retry}</Button>
        </div>
      )}
    </div>
  );
}

interface AwaitProps<T> {
  query: UseQueryResult<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}

/** Loading, failed, or the thing itself; what was read before stays on screen while it is read again. */
export function Await<T>({ query, rows, children }: AwaitProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failed error={query.error} retry={() => query.refetch()} />;
  return <Loading {...(rows !== undefined && { rows })} />;
}
