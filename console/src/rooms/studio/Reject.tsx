import { App, Checkbox, Input, Modal, Radio } from "antd";
import { useState } from "react";
import type { Item } from "@/api/client";
import { useChange, useRead } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { Await } from "@/shell/States";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import type { Work } from "./Works";
import styles from "./studio.module.css";

type Reason = Item<"studio.list_reasons">["reason"];

/** Why works are sent back, and what that changes in their next takes. */
export function Reject({ works, onClose }: { works: Work[]; onClose: (done: boolean) => void }) {
  const words = useWords();
  const format = useFormat();
  const { message } = App.useApp();
  const reasons = useRead("studio.list_reasons", {}, { enabled: works.length > 0 });
  const reject = useChange("studio.reject_works");
  const [reason, setReason] = useState<Reason>("looks_fake");
  const [note, setNote] = useState("");
  const [again, setAgain] = useState(true);
  const count = format.count(works.length);

  const close = (done: boolean) => {
    reject.reset();
    setNote("");
    onClose(done);
  };
  const send = () =>
    reject.mutate(
      { ids: works.map(({ id }) => id), reason, note: note.trim() || null, remakes: again },
      {
        onSuccess: () => {
          void message.success(again ? words.works.remaking(count) : words.works.rejected(count));
          close(true);
        },
      },
    );
  return (
    <Modal
      open={works.length > 0}
      title={words.rejecting.title(count)}
      okText={words.rejecting.submit}
      cancelText={words.common.cancel}
      confirmLoading={reject.isPending}
      onOk={send}
      onCancel={() => close(false)}
      destroyOnHidden
    >
      <div className={styles["form"]}>
        <Notice error={reject.error} />
        <Await query={reasons} rows={3}>
          {({ items }) => (
            <Radio.Group
              aria-label={words.rejecting.reason}
              className={styles["reasons"] ?? ""}
              value={reason}
              onChange={({ target }) => setReason(target.value as Reason)}
              options={items.map((each) => ({ value: each.reason, label: each.name }))}
            />
          )}
        </Await>
        <p className={styles["consequence"]} aria-live="polite">
          {words.rejecting.next[reason]}
        </p>
        <label className={styles["field"]}>
          <span>{words.rejecting.note}</span>
          <Input.TextArea
            value={note}
            rows={2}
            maxLength={500}
            placeholder={words.rejecting.notePlaceholder}
            onChange={({ target }) => setNote(target.value)}
          />
        </label>
        <Checkbox checked={again} onChange={({ target }) => setAgain(target.checked)}>
          {words.rejecting.again}
        </Checkbox>
      </div>
    </Modal>
  );
}
