import { Button, Form } from "antd";
import { Link, useSearchParams } from "react-router";
import { client, unwrap } from "@/api/client";
import { Notice } from "@/shell/Notice";
import { useWords } from "@/words";
import { NameField, PasswordField } from "./fields";
import { Gate } from "./Gate";
import { useEntry } from "./useEntry";

interface Given {
  name: string;
  password: string;
}

export function Component() {
  const words = useWords();
  const token = useSearchParams()[0].get("token");
  const { error, busy, enter } = useEntry();
  if (!token) {
    return (
      <Gate title={words.invitation.missing} lead={words.invitation.missingHint}>
        <Link to="/sign-in">{words.signIn.withPassword}</Link>
      </Gate>
    );
  }
  const submit = (given: Given) =>
    enter(async () =>
      unwrap(await client.POST("/api/auth/accept-invitation", { body: { token, ...given } })),
    );
  return (
    <Gate title={words.invitation.title} lead={words.invitation.lead}>
      <Notice error={error} />
      <Form layout="vertical" onFinish={submit} disabled={busy}>
        <NameField label={words.setup.name} extra={words.setup.nameHint} />
        <PasswordField chosen />
        <Button type="primary" htmlType="submit" block loading={busy}>
          {words.invitation.submit}
        </Button>
      </Form>
    </Gate>
  );
}
