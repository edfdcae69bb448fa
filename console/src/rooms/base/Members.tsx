import { UserAddOutlined } from "@/shell/icons";
import { App, Button, Form, Modal } from "antd";
import { useState } from "react";
import { useChange, useRead, useSession } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { Await } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { EmailField } from "./fields";
import { RoleSelect, type Role } from "./RoleSelect";
import { Secret } from "./Secret";
import styles from "./settings.module.css";

/** The people of the shop: who they are, what they may do, and the way in for another. */
export function Component() {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const { modal, message } = App.useApp();
  const me = useSession().data?.user?.id;
  const query = useRead("base.list_members", {});
  const changeRole = useChange("base.change_role");
  const remove = useChange("base.remove_member");
  const [inviting, setInviting] = useState(false);

  const askRemove = (userId: string, name: string) =>
    modal.confirm({
      title: words.settings.removeAsk(name),
      content: words.settings.removeHint,
      okText: words.settings.remove,
      okButtonProps: { danger: true },
      onOk: () =>
        remove
          .mutateAsync({ user_id: userId })
          .then(() => message.success(words.settings.removed))
          .catch(tell),
    });
  const give = (userId: string, role: Role) =>
    changeRole.mutate(
      { user_id: userId, role },
      { onSuccess: () => void message.success(words.settings.roleChanged), onError: tell },
    );
  return (
    <section className={styles["panel"]}>
      <div className={styles["between"]}>
        <h2>{words.settings.members}</h2>
        <Button type="primary" icon={<UserAddOutlined />} onClick={() => setInviting(true)}>
          {words.settings.invite}
        </Button>
      </div>
      <Await query={query}>
        {({ items }) => (
          <ul className={`card ${styles["rows"]}`}>
            {items.map((member) => {
              const name = member.name || member.email || words.settings.unnamed;
              return (
                <li key={member.user_id}>
                  <span className={styles["grow"]}>
                    {name} {member.user_id === me && <span className="muted">({words.settings.you})</span>}
                    <small className="muted">
                      {[member.email, format.day(member.since)].filter(Boolean).join(" · ")}
                    </small>
                  </span>
                  <RoleSelect
                    label={`${name}: ${words.settings.role}`}
                    value={member.role}
                    onChange={(role) => give(member.user_id, role)}
                  />
                  <Button type="text" danger onClick={() => askRemove(member.user_id, name)}>
                    {words.settings.remove}
                  </Button>
                </li>
              );
            })}
          </ul>
        )}
      </Await>
      <Invite open={inviting} onClose={() => setInviting(false)} />
    </section>
  );
}

function Invite({ open, onClose }: { open: boolean; onClose: () => void }) {
  const words = useWords();
  const invite = useChange("base.invite_member");
  const close = () => {
    invite.reset();
    onClose();
  };
  const link = invite.data?.link;
  return (
    <Modal open={open} onCancel={close} title={words.settings.invite} footer={null} destroyOnHidden>
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
