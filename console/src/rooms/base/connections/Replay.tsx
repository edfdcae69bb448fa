import { App, Button, Modal } from "antd";
import { useState, type FormEvent } from "react";
import { Notice } from "@/shell/Notice";
import { useFormat } from "@/words/format";
import settings from "../settings.module.css";
import styles from "./connections.module.css";

interface ReplayProps {
  said: { replay: string; replayHint: string; since: string; again: string; replayed: (n: string) => string };
  replays: { error: Error | null; isPending: boolean; reset: () => void };
  /** Has it sent since a moment; gives how much that is. */
  onReplay: (since: string) => Promise<number>;
}

/** Has all that was since a moment, in the shop's time, sent once more. */
export function Replay({ said, replays, onReplay }: ReplayProps) {
  const format = useFormat();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [since, setSince] = useState("");
  const close = () => {
    replays.reset();
    setOpen(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onReplay(`${since}:00+08:00`)
      .then((count) => {
        void message.success(said.replayed(format.count(count)));
        close();
      })
      .catch(() => {
        // It stands in the form.
      });
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{said.replay}</Button>
      <Modal open={open} onCancel={close} title={said.replay} footer={null} destroyOnHidden>
        <form className={settings["stack"]} onSubmit={submit}>
          <p className="muted">{said.replayHint}</p>
          <label className={styles["since"]}>
            {said.since}
            <input
              type="datetime-local"
              required
              value={since}
              onChange={({ target }) => setSince(target.value)}
            />
          </label>
          <Notice error={replays.error} />
          <Button type="primary" htmlType="submit" loading={replays.isPending}>
            {said.again}
          </Button>
        </form>
      </Modal>
    </>
  );
}
