import { Button, Form } from "antd";
import { Link } from "react-router";
import { client, unwrap } from "@/api/client";
import { useSession } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { useWords } from "@/words";
import { EmailField, NameField, PasswordField } from "./fields";
import { Gate } from "./Gate";
import gate from "./Gate.module.css";
import { useEntry } from "./useEntry";

interface Given {
  name: string;
  email: string;
  password: string;
}

/** Whoever came by a one-time link chooses an e-mail and a password. */
export function Component() {
  const words = useWords();
  const { data } = useSession();
  const { error, busy, enter } = useEntry();
  const submit = ({ password, ...rest }: Given) =>
    enter(async () =>
      unwrap(await client.POST("/api/auth/password", { body: { new: password, ...rest } })),
    );
  return (
    <Gate title={words.setup.title} lead={words.setup.lead}>
      <Notice error={error} />
      <Form
        layout="vertical"
        onFinish={submit}
        disabled={busy}
        initialValues={{ name: data?.user?.name, email: data?.user?.email }}
      >
        <NameField label={words.setup.name} extra={words.setup.nameHint} />
        <EmailField />
        <PasswordField chosen />
        <Button type="primary" htmlType="submit" block loading={busy}>
          {words.setup.submit}
        </Button>
      </Form>
      <div className={gate["aside"]}>
        <Link to="/">{words.setup.later}</Link>
      </div>
    </Gate>
  );
}
