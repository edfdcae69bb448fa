import { Alert, Button } from "antd";
import { useState } from "react";
import { useChange } from "@/api/hooks";
import { Facts } from "@/shell/Facts";
import { Panel, Section } from "@/shell/Panel";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { Remove } from "../connections/Remove";
import { Rotate } from "../connections/Rotate";
import { Trial } from "../connections/Trial";
import { Deliveries } from "./Deliveries";
import { nameOf, type Webhook } from "./naming";
import { ShownOnce } from "./ShownOnce";
import { State } from "./State";
import { WebhookForm } from "./WebhookForm";
import styles from "./webhooks.module.css";

/** One webhook: how it is doing, what can be done with it, and what was sent to it. */
export function WebhookPanel({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  return (
    <Panel open title={nameOf(webhook)} extra={<State webhook={webhook} />} wide onClose={onClose}>
      <Body webhook={webhook} onClose={onClose} />
    </Panel>
  );
}

function Body({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const words = useWords();
  const format = useFormat();
  const [editing, setEditing] = useState(false);
  const sends = useChange("base.test_webhook", { shownBy: [] });
  const rotates = useChange("base.rotate_webhook_secret");
  const removes = useChange("base.remove_webhook", { shownBy: ["base.list_webhooks"] });
  const url = <span className="mono">{webhook.url}</span>;
  const kinds = webhook.kinds && <span className="mono">{webhook.kinds.join(" · ")}</span>;
  return (
    <>
      <Trouble webhook={webhook} />
      <Facts
        facts={[
          [words.webhooks.url, url],
          [words.webhooks.listens, kinds ?? words.webhooks.allKinds],
          [words.webhooks.made, format.time(webhook.made_at)],
        ]}
      />
      {webhook.former_until && <p className="muted">{words.webhooks.former(format.time(webhook.former_until))}</p>}
      <Trial
        said={words.webhooks}
        done={words.webhooks.tried}
        sends={sends}
        onSend={() => sends.mutate({ webhook_id: webhook.id })}
        hasAnswer
      >
        <Button onClick={() => setEditing(true)}>{words.webhooks.edit}</Button>
        <Rotate
          said={words.webhooks}
          rotates={rotates}
          onRotate={() => rotates.mutateAsync({ webhook_id: webhook.id })}
          shown={({ secret }, close) => <ShownOnce secret={secret} onClose={close} />}
        />
        <Remove
          said={words.webhooks}
          name={nameOf(webhook)}
          onRemove={() => removes.mutateAsync({ webhook_id: webhook.id })}
          onRemoved={onClose}
        />
      </Trial>
      <Section title={words.webhooks.deliveries}>
        <Deliveries webhook={webhook} />
      </Section>
      {editing && <WebhookForm webhook={webhook} onClose={() => setEditing(false)} />}
    </>
  );
}

function Trouble({ webhook }: { webhook: Webhook }) {
  const words = useWords();
  const format = useFormat();
  if (webhook.stopped) {
    const hint = { gone: words.webhooks.goneHint, failing: words.webhooks.failingHint }[webhook.stopped];
    return <Alert className={styles["trouble"]} type="error" showIcon title={hint} />;
  }
  if (webhook.is_on && webhook.failing_since) {
    const since = words.webhooks.failingSince(format.time(webhook.failing_since));
    return <p className={`${styles["trouble"]} ${styles["note"]}`}>{since}</p>;
  }
  return null;
}
