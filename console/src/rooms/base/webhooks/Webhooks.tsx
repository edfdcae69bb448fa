import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useRead } from "@/api/hooks";
import { PlusOutlined } from "@/shell/icons";
import { Await, Empty } from "@/shell/States";
import { useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import settings from "../settings.module.css";
import { Attempt } from "./Attempt";
import { nameOf, type Webhook } from "./naming";
import { State } from "./State";

const WebhookForm = lazy(async () => ({ default: (await import("./WebhookForm")).WebhookForm }));
const WebhookPanel = lazy(async () => ({ default: (await import("./WebhookPanel")).WebhookPanel }));

/** The shop's own systems that are told of what happens. */
export function Component() {
  const words = useWords();
  const address = useAddress();
  const looked = address.get("webhook");
  const query = useRead(
    "base.list_webhooks",
    {},
    { every: (seen) => (looked || seen?.items.some(({ pending }) => pending > 0) ? 3_000 : 20_000) },
  );
  const [adding, setAdding] = useState(false);
  const opened = query.data?.items.find(({ id }) => id === looked);
  const open = (id: string | null) => address.set({ webhook: id });
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {words.webhooks.add}
    </Button>
  );
  return (
    <section className={settings["panel"]}>
      <div className={settings["between"]}>
        <p className="muted">
          {words.webhooks.lead} {words.webhooks.guide}
        </p>
        {query.data !== undefined && query.data.items.length > 0 && add}
      </div>
      <div className="card">
        <Await query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={words.webhooks.empty} hint={words.webhooks.emptyHint}>
                {add}
              </Empty>
            ) : (
              <ul className={settings["rows"]} aria-label={words.webhooks.title}>
                {items.map((webhook) => (
                  <Line key={webhook.id} webhook={webhook} onOpen={() => open(webhook.id)} />
                ))}
              </ul>
            )
          }
        </Await>
      </div>
      <Suspense fallback={null}>
        {adding && <WebhookForm webhook={null} onClose={() => setAdding(false)} />}
        {opened && <WebhookPanel key={opened.id} webhook={opened} onClose={() => open(null)} />}
      </Suspense>
    </section>
  );
}

function Line({ webhook, onOpen }: { webhook: Webhook; onOpen: () => void }) {
  const words = useWords();
  const format = useFormat();
  return (
    <li>
      <span className={settings["grow"]}>
        <button type="button" className="plain opens" onClick={onOpen}>
          <b>{nameOf(webhook)}</b>
        </button>{" "}
        <span className="muted">
          {webhook.kinds ? words.webhooks.someKinds(format.count(webhook.kinds.length)) : words.webhooks.allKinds}
        </span>
        <small className="muted">
          {webhook.last ? (
            <>
              {words.webhooks.last} {format.time(webhook.last.tried_at)} · <span className="mono">{webhook.last.type}</span> ·{" "}
              <Attempt delivery={webhook.last} />
            </>
          ) : (
            words.webhooks.noneSent
          )}
          {webhook.pending > 0 && <> · {words.webhooks.waiting(format.count(webhook.pending))}</>}
        </small>
      </span>
      <State webhook={webhook} />
    </li>
  );
}
