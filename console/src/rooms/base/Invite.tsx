import { Button, Form, Modal } from "antd";
import { useChange } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { useWords } from "@/words";
import { EmailField } from "./fields";
import { RoleSelect, type Role } from "./RoleSelect";
import { Secret } from "./Secret";
import styles from "./settings.module.css";

/** Asks somebody into the shop; what comes of it is a link to send them. */
export function Invite({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const invite = useChange("base.invite_member");
  const link = invite.data?.link;
  return (
    <Modal open onCancel={onClose} title={words.settings.invite} footer={null} destroyOnHidden>
      {link ? (
        <div className={styles["stack"]}>
          <p>
            {words.settings.inviteLink} <span className="muted">{words.settings.inviteLinkHint}</span>
          </p>
          <Secret text={new URL(link, location.origin).href} />
        </div>
      ) : (
        <Form
          layout="vertical"
          initialValues={{ role: "agent" }}
          onFinish={(given: { email: string; role: Role }) => invite.mutate(given)}
        >
          <Notice error={invite.error} />
          <EmailField />
          <Form.Item name="role" label={words.settings.role}>
            <RoleSelect />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={invite.isPending}>
            {words.settings.inviteSubmit}
          </Button>
        </Form>
      )}
    </Modal>
  );
}
