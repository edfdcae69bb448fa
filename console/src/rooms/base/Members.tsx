import { UserAddOutlined } from "@/shell/icons";
import { App, Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useChange, useRead, useSession } from "@/api/hooks";
import { Await } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { RoleSelect, type Role } from "./RoleSelect";
import styles from "./settings.module.css";

const Invite = lazy(async () => ({ default: (await import("./Invite")).Invite }));

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
      <Suspense fallback={null}>{inviting && <Invite onClose={() => setInviting(false)} />}</Suspense>
    </section>
  );
}
