import { Button, Form, Input, Modal } from "antd";
import { useChange } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { useWords } from "@/words";
import { RoleSelect, type Role } from "./RoleSelect";
import { Secret } from "./Secret";
import styles from "./settings.module.css";

/** Makes a key, and shows it on the one occasion when it is known. */
export function NewKey({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const create = useChange("base.create_key");
  const made = create.data?.key;
  return (
    <Modal open onCancel={onClose} title={words.settings.newKey} footer={null} destroyOnHidden>
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
