import { App, Button, Form, Input } from "antd";
import { useMutation } from "@tanstack/react-query";
import { client, unwrap } from "@/api/client";
import { sessionChanged, useSession } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { useWords } from "@/words";
import { PasswordField } from "./fields";
import { Secret } from "./Secret";
import styles from "./settings.module.css";

/** Turning the second factor on (scan, prove, keep the recovery codes) and off. */
export function TwoFactor() {
  const words = useWords();
  const user = useSession().data?.user;
  return (
    <div className={`card ${styles["box"]}`}>
      <h2>
        {words.settings.totp}{" "}
        <small className="muted">{user?.totp_enabled ? words.settings.totpOn : words.settings.totpOff}</small>
      </h2>
      <p className="muted">{words.settings.totpLead}</p>
      {user?.totp_enabled ? <TurnOff /> : user?.has_password ? <TurnOn /> : <p>{words.settings.totpAfter}</p>}
    </div>
  );
}

function TurnOn() {
  const words = useWords();
  const start = useMutation({
    mutationFn: async () => unwrap(await client.POST("/api/auth/totp/start")),
  });
  const confirm = useMutation({
    mutationFn: async (body: { code: string }) =>
      unwrap(await client.POST("/api/auth/totp/confirm", { body })),
  });
  if (confirm.data) {
    return (
      <div className={styles["stack"]}>
        <p>
          <b>{words.settings.totpRecovery}</b>
          <br />
          {words.settings.totpRecoveryHint}
        </p>
        <ul className={styles["codes"]}>
          {confirm.data.recovery_codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div>
          <Button type="primary" onClick={() => void sessionChanged()}>
            {words.settings.totpSaved}
          </Button>
        </div>
      </div>
    );
  }
  if (!start.data) {
    return (
      <div className={styles["stack"]}>
        <Notice error={start.error} />
        <div>
          <Button onClick={() => start.mutate()} loading={start.isPending}>
            {words.settings.totpStart}
          </Button>
        </div>
      </div>
    );
  }
  const { svg, secret } = start.data;
  return (
    <div className={styles["stack"]}>
      <p>{words.settings.totpScan}</p>
      <img
        className={styles["qr"]}
        src={`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`}
        alt={words.settings.totpQr}
      />
      <Secret text={secret} />
      <Notice error={confirm.error} />
      <Form layout="vertical" onFinish={(given: { code: string }) => confirm.mutate(given)}>
        <Form.Item
          name="code"
          label={words.settings.totpCode}
          rules={[{ required: true, message: words.signIn.required }]}
        >
          <Input inputMode="numeric" autoComplete="one-time-code" maxLength={10} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          {words.settings.totpConfirm}
        </Button>
      </Form>
    </div>
  );
}

function TurnOff() {
  const words = useWords();
  const { message } = App.useApp();
  const disable = useMutation({
    mutationFn: async (body: { password: string }) =>
      unwrap(await client.POST("/api/auth/totp/disable", { body })),
    onSuccess: async () => {
      void message.success(words.settings.totpDisabled);
      await sessionChanged();
    },
  });
  return (
    <>
      <Notice error={disable.error} />
      <Form layout="vertical" onFinish={(given: { password: string }) => disable.mutate(given)}>
        <PasswordField label={words.settings.currentPassword} />
        <Button danger htmlType="submit" loading={disable.isPending}>
          {words.settings.totpDisable}
        </Button>
      </Form>
    </>
  );
}
