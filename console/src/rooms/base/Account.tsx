import { App, Button, Form } from "antd";
import { useMutation, useQuery } from "@tanstack/react-query";
import { client, unwrap } from "@/api/client";
import { sessionChanged, useSession } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { Await } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { deviceOf } from "./device";
import { EmailField, NameField, PasswordField } from "./fields";
import styles from "./settings.module.css";
import { TwoFactor } from "./TwoFactor";

/** A person's own sign-in: password, second factor, where they are signed in. */
export function Component() {
  return (
    <>
      <section className={styles["panel"]}>
        <Password />
      </section>
      <section className={styles["panel"]}>
        <TwoFactor />
      </section>
      <section className={styles["panel"]}>
        <Sessions />
      </section>
    </>
  );
}

interface Chosen {
  current?: string;
  new: string;
  email?: string;
  name?: string;
}

function Password() {
  const words = useWords();
  const { message } = App.useApp();
  const user = useSession().data?.user;
  const [form] = Form.useForm<Chosen>();
  const save = useMutation({
    mutationFn: async (body: Chosen) => unwrap(await client.POST("/api/auth/password", { body })),
    onSuccess: async () => {
      form.resetFields();
      void message.success(user?.has_password ? words.settings.passwordChanged : words.setup.done);
      await sessionChanged();
    },
  });
  return (
    <div className={`card ${styles["box"]}`}>
      <h2>{words.settings.password}</h2>
      {user?.email && <p className="muted">{user.email}</p>}
      <Notice error={save.error} />
      <Form form={form} layout="vertical" onFinish={(given) => save.mutate(given)}>
        {!user?.email && (
          <>
            <NameField label={words.setup.name} extra={words.setup.nameHint} />
            <EmailField />
          </>
        )}
        {user?.has_password && <PasswordField name="current" label={words.settings.currentPassword} />}
        <PasswordField name="new" label={words.settings.newPassword} chosen />
        <Button htmlType="submit" loading={save.isPending}>
          {user?.has_password ? words.settings.changePassword : words.common.save}
        </Button>
      </Form>
    </div>
  );
}

function Sessions() {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const query = useQuery({
    queryKey: ["sessions"],
    queryFn: async () => unwrap(await client.GET("/api/auth/sessions")),
  });
  const end = useMutation({
    mutationFn: async () => unwrap(await client.DELETE("/api/auth/sessions")),
    onSuccess: async () => {
      void message.success(words.settings.othersEnded);
      await query.refetch();
    },
    onError: tell,
  });
  return (
    <>
      <div className={styles["between"]}>
        <h2>{words.settings.sessions}</h2>
        {(query.data?.items.length ?? 0) > 1 && (
          <Button onClick={() => end.mutate()} loading={end.isPending}>
            {words.settings.endOthers}
          </Button>
        )}
      </div>
      <div className="card">
        <Await query={query} rows={2}>
          {({ items }) => (
            <ul className={styles["rows"]}>
              {items.map((session) => (
                <li key={session.id}>
                  <span className={styles["grow"]}>
                    <span title={session.client}>
                      {deviceOf(session.client) || words.settings.unknownDevice}
                    </span>{" "}
                    {session.current && <b>({words.settings.thisSession})</b>}
                    <small className="muted">
                      {words.settings.lastUsed} {format.time(session.seen_at)}
                    </small>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Await>
      </div>
    </>
  );
}
