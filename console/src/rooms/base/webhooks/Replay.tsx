import { App, Button, Modal } from "antd";
import { useState, type FormEvent } from "react";
import { useChange } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import settings from "../settings.module.css";
import type { Webhook } from "./naming";
import styles from "./webhooks.module.css";

/** Has all that happened since a moment, in the shop's time, sent once more. */
export function Replay({ webhook }: { webhook: Webhook }) {
  const words = useWords();
  const format = useFormat();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [since, setSince] = useState("");
  const replay = useChange("base.replay_webhook");
  const close = () => {
    replay.reset();
    setOpen(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    replay.mutate(
      { webhook_id: webhook.id, since: `${since}:00+08:00` },
      {
        onSuccess: ({ events }) => {
          void message.success(words.webhooks.replayed(format.count(events)));
          close();
        },
      },
    );
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{words.webhooks.replay}</Button>
      <Modal open={open} onCancel={close} title={words.webhooks.replay} footer={null} destroyOnHidden>
        <form className={settings["stack"]} onSubmit={submit}>
          <p className="muted">{words.webhooks.replayHint}</p>
          <label className={styles["since"]}>
            {words.webhooks.since}
            <input
              type="datetime-local"
              required
              value={since}
              onChange={({ target }) => setSince(target.value)}
            />
          </label>
          <Notice error={replay.error} />
          <Button type="primary" htmlType="submit" loading={replay.isPending}>
            {words.webhooks.again}
          </Button>
        </form>
      </Modal>
    </>
  );
}
