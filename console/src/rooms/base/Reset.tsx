import { Alert, Button, Form } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { client, unwrap } from "@/api/client";
import { Notice } from "@/shell/Notice";
import { useWords } from "@/words";
import { EmailField, PasswordField } from "./fields";
import { Gate } from "./Gate";
import gate from "./Gate.module.css";

export function Component() {
  const token = useSearchParams()[0].get("token");
  return token ? <Choose token={token} /> : <Request />;
}

type State = { busy?: boolean; done?: boolean; error?: unknown };

function useOnce(): [State, (how: () => Promise<unknown>) => Promise<void>] {
  const [state, setState] = useState<State>({});
  return [
    state,
    async (how) => {
      setState({ busy: true });
      try {
        await how();
        setState({ done: true });
      } catch (error) {
        setState({ error });
      }
    },
  ];
}

function Request() {
  const words = useWords();
  const [{ busy = false, done, error }, run] = useOnce();
  const submit = (body: { email: string }) =>
    run(async () => unwrap(await client.POST("/api/auth/request-reset", { body })));
  return (
    <Gate title={words.reset.requestTitle} lead={words.reset.requestLead}>
      <Notice error={error} />
      {done ? (
        <Alert type="success" showIcon title={words.reset.requested} />
      ) : (
        <Form layout="vertical" onFinish={submit} disabled={busy}>
          <EmailField />
          <Button type="primary" htmlType="submit" block loading={busy}>
            {words.reset.request}
          </Button>
        </Form>
      )}
      <Back />
    </Gate>
  );
}

function Choose({ token }: { token: string }) {
  const words = useWords();
  const [{ busy = false, done, error }, run] = useOnce();
  const submit = ({ password }: { password: string }) =>
    run(async () => unwrap(await client.POST("/api/auth/reset", { body: { token, password } })));
  return (
    <Gate title={words.reset.title}>
      <Notice error={error} />
      {done ? (
        <Alert type="success" showIcon title={words.reset.done} />
      ) : (
        <Form layout="vertical" onFinish={submit} disabled={busy}>
          <PasswordField label={words.reset.password} chosen />
          <Button type="primary" htmlType="submit" block loading={busy}>
            {words.reset.submit}
          </Button>
        </Form>
      )}
      <Back />
    </Gate>
  );
}

function Back() {
  const words = useWords();
  return (
    <div className={gate["aside"]}>
      <Link to="/sign-in">{words.reset.back}</Link>
    </div>
  );
}
