import { Alert, App, Button, Modal } from "antd";
import { useState } from "react";
import { useChange } from "@/api/hooks";
import { Facts } from "@/shell/Facts";
import { Panel, Section } from "@/shell/Panel";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { Deliveries } from "./Deliveries";
import { nameOf, type Webhook } from "./naming";
import { ShownOnce } from "./ShownOnce";
import { State } from "./State";
import { Trial } from "./Trial";
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
      <Trial webhook={webhook}>
        <Button onClick={() => setEditing(true)}>{words.webhooks.edit}</Button>
        <Rotate webhook={webhook} />
        <Remove webhook={webhook} onRemoved={onClose} />
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

function Rotate({ webhook }: { webhook: Webhook }) {
  const words = useWords();
  const tell = useTellProblem();
  const { modal } = App.useApp();
  const rotate = useChange("base.rotate_webhook_secret");
  const ask = () =>
    modal.confirm({
      title: words.webhooks.rotateAsk,
      content: words.webhooks.rotateHint,
      okText: words.webhooks.rotate,
      onOk: () => rotate.mutateAsync({ webhook_id: webhook.id }).catch(tell),
    });
  return (
    <>
      <Button onClick={ask}>{words.webhooks.rotate}</Button>
      {rotate.data && (
        <Modal open title={words.webhooks.newSecret} footer={null} onCancel={rotate.reset} mask={{ closable: false }}>
          <ShownOnce secret={rotate.data.secret} onClose={rotate.reset} />
        </Modal>
      )}
    </>
  );
}

function Remove({ webhook, onRemoved }: { webhook: Webhook; onRemoved: () => void }) {
  const words = useWords();
  const tell = useTellProblem();
  const { modal, message } = App.useApp();
  const remove = useChange("base.remove_webhook", { shownBy: ["base.list_webhooks"] });
  const ask = () =>
    modal.confirm({
      title: words.webhooks.removeAsk(nameOf(webhook)),
      content: words.webhooks.removeHint,
      okText: words.webhooks.remove,
      okButtonProps: { danger: true },
      onOk: () =>
        remove
          .mutateAsync({ webhook_id: webhook.id })
          .then(() => {
            void message.success(words.webhooks.removed);
            onRemoved();
          })
          .catch(tell),
    });
  return (
    <Button type="text" danger onClick={ask}>
      {words.webhooks.remove}
    </Button>
  );
}
