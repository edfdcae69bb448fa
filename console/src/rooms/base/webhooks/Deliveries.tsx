import { App, Button } from "antd";
import { useState } from "react";
import { useChange, useRead } from "@/api/hooks";
import { Choice, known } from "@/shell/Choice";
import { Await, Empty } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords, type Words } from "@/words";
import { Replay } from "../connections/Replay";
import settings from "../settings.module.css";
import { Attempt } from "./Attempt";
import type { Delivery, Webhook } from "./naming";
import { Tag } from "@/shell/Tag";
import styles from "./webhooks.module.css";

type Status = keyof Words["webhooks"]["statuses"];

const SIZE = 20;
const OFTEN = { every: () => 3_000 };
const TONES = { pending: "waiting", delivered: "done", failed: "alarm" } as const;

/** What was sent to a webhook or is to be, page by page. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const words = useWords();
  const format = useFormat();
  const [shown, setShown] = useState({ status: "all" as Status, page: 1 });
  const query = useRead("base.list_deliveries", { webhook_id: webhook.id, size: SIZE, ...shown }, OFTEN);
  const replays = useChange("base.replay_webhook");
  const isNarrowed = shown.status !== "all";
  return (
    <>
      <div className={styles["tools"]}>
        <Choice
          label={words.webhooks.status}
          value={shown.status}
          names={words.webhooks.statuses}
          onChange={(value) => setShown({ status: known(words.webhooks.statuses, value) ?? "all", page: 1 })}
        />
        {webhook.is_on && (
          <Replay
            said={words.webhooks}
            replays={replays}
            onReplay={async (since) => (await replays.mutateAsync({ webhook_id: webhook.id, since })).events}
          />
        )}
        <span className="muted">{words.webhooks.deliveriesHint}</span>
      </div>
      <div className="card">
        <Await query={query}>
          {({ items, total }) =>
            total === 0 ? (
              <Empty
                title={isNarrowed ? words.webhooks.noneSuch : words.webhooks.deliveriesEmpty}
                hint={isNarrowed ? undefined : words.webhooks.deliveriesEmptyHint}
              />
            ) : (
              <>
                <ul className={settings["rows"]} aria-label={words.webhooks.deliveries}>
                  {items.map((delivery) => (
                    <Line key={delivery.id} delivery={delivery} isOn={webhook.is_on} />
                  ))}
                </ul>
                {total > SIZE && (
                  <div className={styles["pages"]}>
                    <Button disabled={shown.page <= 1} onClick={() => setShown({ ...shown, page: shown.page - 1 })}>
                      {words.common.previous}
                    </Button>
                    <span className="muted">
                      {words.common.page(format.count(shown.page), format.count(Math.ceil(total / SIZE)))}
                    </span>
                    <Button
                      disabled={shown.page * SIZE >= total}
                      onClick={() => setShown({ ...shown, page: shown.page + 1 })}
                    >
                      {words.common.next}
                    </Button>
                  </div>
                )}
              </>
            )
          }
        </Await>
      </div>
    </>
  );
}

function Line({ delivery, isOn }: { delivery: Delivery; isOn: boolean }) {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const again = useChange("base.redeliver", { shownBy: ["base.list_deliveries", "base.list_webhooks"] });
  const send = () =>
    again.mutate(
      { delivery_id: delivery.id },
      { onSuccess: () => void message.success(words.webhooks.againDone), onError: tell },
    );
  return (
    <li>
      <span className={settings["grow"]}>
        <span className="mono">{delivery.type}</span>
        <small className="muted">{format.time(delivery.tried_at ?? delivery.made_at)}</small>
        {delivery.attempts > 0 && (
          <small className={delivery.failure ? styles["bad"] : "muted"}>
            {words.webhooks.attempts(format.count(delivery.attempts))} · <Attempt delivery={delivery} />
            {isOn && delivery.due_at && <> · {words.webhooks.next(format.time(delivery.due_at))}</>}
          </small>
        )}
      </span>
      <Tag tone={TONES[delivery.status]}>{words.webhooks.statuses[delivery.status]}</Tag>
      {isOn && (
        <Button type="text" loading={again.isPending} onClick={send}>
          {words.webhooks.again}
        </Button>
      )}
    </li>
  );
}
