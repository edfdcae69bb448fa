import { Alert, Button } from "antd";
import type { ReactNode } from "react";
import { Notice } from "@/shell/Notice";
import { SendOutlined } from "@/shell/icons";
import styles from "./connections.module.css";

interface TrialProps {
  said: { try: string; notTried: string; code: (n: string) => string; said: string; saidNothing: string };
  /** What is said of one that went well. */
  done: string;
  sends: {
    data: { failure: string | null; code: number | null; answer: string } | undefined;
    error: Error | null;
    isPending: boolean;
  };
  onSend: () => void;
  /** Whether the other side's own words are worth a look. */
  hasAnswer: boolean;
  children: ReactNode;
}

/** Sends a test and shows what the other side made of it; what else can be done stands beside. */
export function Trial({ said, done, sends, onSend, hasAnswer, children }: TrialProps) {
  const tried = sends.data;
  const isDone = tried?.failure === null;
  const why = tried && [tried.failure, tried.code !== null && said.code(String(tried.code))].filter(Boolean);
  return (
    <div className={styles["trial"]}>
      <div className={styles["buttons"]}>
        <Button type="primary" icon={<SendOutlined />} loading={sends.isPending} onClick={onSend}>
          {said.try}
        </Button>
        {children}
      </div>
      <Notice error={sends.error} />
      <output className={styles["outcome"]}>
        {tried && (
          <Alert
            type={isDone ? "success" : "error"}
            showIcon
            title={isDone ? done : said.notTried}
            description={
              <>
                <p>{why?.join(" · ")}</p>
                {hasAnswer &&
                  tried.code !== null &&
                  (tried.answer ? (
                    <details open>
                      <summary>{said.said}</summary>
                      <pre className={styles["said"]}>{tried.answer}</pre>
                    </details>
                  ) : (
                    <p className="muted">{said.saidNothing}</p>
                  ))}
              </>
            }
          />
        )}
      </output>
    </div>
  );
}
