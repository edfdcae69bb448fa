import { Button, Form, Input } from "antd";
import { useEffect, useRef, useState } from "react";
import { Link, Navigate, useSearchParams } from "react-router";
import { client, unwrap } from "@/api/client";
import { ApiError } from "@/api/errors";
import { useSession } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { Loading } from "@/shell/States";
import { useWords } from "@/words";
import { EmailField, PasswordField } from "./fields";
import { Gate } from "./Gate";
import gate from "./Gate.module.css";
import { safeNext, useEntry } from "./useEntry";

interface Given {
  email: string;
  password: string;
  code?: string;
}

export function Component() {
  const [search] = useSearchParams();
  const token = search.get("token");
  return token ? <ByLink token={token} /> : <ByPassword next={safeNext(search.get("next"))} />;
}

/** A one-time link works once, so it is used once, whatever renders twice. */
const used = new Set<string>();

function ByLink({ token }: { token: string }) {
  const words = useWords();
  const { error, enter } = useEntry();
  const start = useRef(enter);
  useEffect(() => {
    if (used.has(token)) return;
    used.add(token);
    void start.current(async () => unwrap(await client.POST("/api/auth/link", { body: { token } })));
  }, [token]);
  if (error == null) {
    return (
      <Gate title={words.signIn.linkWorking}>
        <Loading rows={2} />
      </Gate>
    );
  }
  return (
    <Gate title={words.signIn.linkFailed} lead={words.signIn.linkFailedHint}>
      <Notice error={error} />
      <div className={gate["aside"]}>
        <Link to="/sign-in">{words.signIn.withPassword}</Link>
      </div>
    </Gate>
  );
}

function ByPassword({ next }: { next: string }) {
  const words = useWords();
  const session = useSession();
  const { error, busy, enter } = useEntry();
  const [secondFactor, setSecondFactor] = useState(false);
  const needsCode = error instanceof ApiError && error.code === "second_factor_needed";
  if (needsCode && !secondFactor) setSecondFactor(true);
  if (session.data?.user && !busy) return <Navigate to={next} replace />;

  const submit = (given: Given) =>
    enter(async () => {
      const { code, ...rest } = given;
      const body = { ...rest, ...(code && { code: code.replaceAll(" ", "") }) };
      unwrap(await client.POST("/api/auth/sign-in", { body }));
    }, next);

  return (
    <Gate title={words.signIn.title}>
      {!needsCode && <Notice error={error} />}
      <Form layout="vertical" onFinish={submit} disabled={busy}>
        <EmailField />
        <PasswordField />
        {secondFactor && (
          <Form.Item
            name="code"
            label={words.signIn.code}
            extra={words.signIn.codeHint}
            rules={[{ required: true, message: words.signIn.required }]}
          >
            {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the field has just been asked for */}
            <Input autoComplete="one-time-code" maxLength={40} autoFocus />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" block loading={busy}>
          {words.signIn.submit}
        </Button>
      </Form>
      <div className={gate["aside"]}>
        <Link to="/reset">{words.signIn.forgot}</Link>
        <span>{words.signIn.byLink}</span>
      </div>
    </Gate>
  );
}
