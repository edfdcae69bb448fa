import { Alert, Button } from "antd";
import type { ReactNode } from "react";
import type { Got } from "@/api/client";
import { useChange } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { SendOutlined } from "@/shell/icons";
import { useWords } from "@/words";
import type { Webhook } from "./naming";
import styles from "./webhooks.module.css";

/** Sends a test and shows what the receiver made of it; what else can be done stands beside. */
export function Trial({ webhook, children }: { webhook: Webhook; children: ReactNode }) {
  const words = useWords();
  const send = useChange("base.test_webhook", { shownBy: [] });
  return (
    <div className={styles["trial"]}>
      <div className={styles["buttons"]}>
        <Button
          type="primary"
          icon={<SendOutlined />}
          loading={send.isPending}
          onClick={() => send.mutate({ webhook_id: webhook.id })}
        >
          {words.webhooks.try}
        </Button>
        {children}
      </div>
      <Notice error={send.error} />
      <output className={styles["outcome"]}>{send.data && <Outcome tried={send.data} />}</output>
    </div>
  );
}

function Outcome({ tried }: { tried: Got<"base.test_webhook"> }) {
  const words = useWords();
  const title = tried.failure === null ? words.webhooks.tried : words.webhooks.notTried;
  const why = [tried.failure, tried.code !== null && words.webhooks.code(String(tried.code))].filter(Boolean);
  return (
    <Alert
      type={tried.failure === null ? "success" : "error"}
      showIcon
      title={title}
      description={
        <>
          <p>{why.join(" · ")}</p>
          {tried.code !== null &&
            (tried.answer ? (
              <details open>
                <summary>{words.webhooks.said}</summary>
                <pre className={styles["said"]}>{tried.answer}</pre>
              </details>
            ) : (
              <p className="muted">{words.webhooks.saidNothing}</p>
            ))}
        </>
      }
    />
  );
}
