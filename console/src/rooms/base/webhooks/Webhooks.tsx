import { lazy } from "react";
import { useRead } from "@/api/hooks";
import { useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { Connections } from "../connections/Connections";
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
  return (
    <Connections
      said={words.webhooks}
      query={query}
      looked={looked}
      open={(id) => address.set({ webhook: id })}
      line={(webhook, onOpen) => <Line webhook={webhook} onOpen={onOpen} />}
      form={(onClose) => <WebhookForm webhook={null} onClose={onClose} />}
      panel={(webhook, onClose) => <WebhookPanel key={webhook.id} webhook={webhook} onClose={onClose} />}
    />
  );
}

function Line({ webhook, onOpen }: { webhook: Webhook; onOpen: () => void }) {
  const words = useWords();
  const format = useFormat();
  return (
    <>
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
    </>
  );
}
