import { KeyOutlined } from "@/shell/icons";
import { App, Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useChange, useRead } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { Await, Empty } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { RoleSelect, type Role } from "./RoleSelect";
import { Secret } from "./Secret";
import styles from "./settings.module.css";

/** Keys by which other programs call in. */
export function Component() {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const { modal, message } = App.useApp();
  const query = useRead("base.list_keys", {});
  const revoke = useChange("base.revoke_key");
  const [making, setMaking] = useState(false);
  const askRevoke = (id: string, name: string) =>
    modal.confirm({
      title: words.settings.revokeAsk(name),
      content: words.settings.revokeHint,
      okText: words.settings.revoke,
      okButtonProps: { danger: true },
      onOk: () =>
        revoke
          .mutateAsync({ key_id: id })
          .then(() => message.success(words.settings.revoked))
          .catch(tell),
    });
  return (
    <section className={styles["panel"]}>
      <div className={styles["between"]}>
        <p className="muted">{words.settings.keysLead}</p>
        <Button type="primary" icon={<KeyOutlined />} onClick={() => setMaking(true)}>
          {words.settings.newKey}
        </Button>
      </div>
      <div className="card">
        <Await query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={words.settings.keysEmpty} hint={words.settings.keysEmptyHint} />
            ) : (
              <ul className={styles["rows"]}>
                {items.map((key) => (
                  <li key={key.id}>
                    <span className={styles["grow"]}>
                      {key.name}
                      <small className="muted">
                        {words.common.roles[key.role]} · {words.settings.created} {format.day(key.created_at)} ·{" "}
                        {words.settings.lastUsed}{" "}
                        {key.used_at ? format.time(key.used_at) : words.settings.never}
                      </small>
                    </span>
                    <Button type="text" danger onClick={() => askRevoke(key.id, key.name)}>
                      {words.settings.revoke}
                    </Button>
                  </li>
                ))}
              </ul>
            )
          }
        </Await>
      </div>
      <NewKey open={making} onClose={() => setMaking(false)} />
    </section>
  );
}

function NewKey({ open, onClose }: { open: boolean; onClose: () => void }) {
  const words = useWords();
  const create = useChange("base.create_key");
  const close = () => {
    create.reset();
    onClose();
  };
  const made = create.data?.key;
  return (
    <Modal open={open} onCancel={close} title={words.settings.newKey} footer={null} destroyOnHidden>
      {made ? (
        <div className={styles["stack"]}>
          <p>
            <b>{words.settings.keyShown}</b>
            <br />
            {words.settings.keyShownHint}
          </p>
          <Secret text={made} />
        </div>
      ) : (
        <Form
          layout="vertical"
          initialValues={{ role: "viewer" }}
          onFinish={(given: { name: string; role: Role }) => create.mutate(given)}
        >
          <Notice error={create.error} />
          <Form.Item
            name="name"
            label={words.settings.keyName}
            extra={words.settings.keyNameHint}
            rules={[{ required: true, whitespace: true, message: words.signIn.required }]}
          >
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="role" label={words.settings.role}>
            <RoleSelect />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={create.isPending}>
            {words.settings.newKey}
          </Button>
        </Form>
      )}
    </Modal>
  );
}
