import { Form, Input } from "antd";
import { useWords } from "@/words";

const SHORTEST_PASSWORD = 10;

export function EmailField() {
  const words = useWords();
  return (
    <Form.Item
      name="email"
      label={words.signIn.email}
      rules={[
        { required: true, message: words.signIn.required },
        { type: "email", message: words.signIn.emailInvalid },
      ]}
    >
      <Input type="email" autoComplete="username" inputMode="email" />
    </Form.Item>
  );
}

interface PasswordProps {
  name?: string;
  label?: string;
  /** A password that is being chosen, not one that is known. */
  chosen?: boolean;
}

export function PasswordField({ name = "password", label, chosen = false }: PasswordProps) {
  const words = useWords();
  return (
    <Form.Item
      name={name}
      label={label ?? words.signIn.password}
      extra={chosen ? words.signIn.passwordRule : undefined}
      rules={[
        { required: true, message: words.signIn.required },
        ...(chosen ? [{ min: SHORTEST_PASSWORD, message: words.signIn.passwordShort }] : []),
      ]}
    >
      <Input.Password autoComplete={chosen ? "new-password" : "current-password"} />
    </Form.Item>
  );
}

export function NameField({ label, extra }: { label: string; extra?: string }) {
  const words = useWords();
  return (
    <Form.Item
      name="name"
      label={label}
      extra={extra}
      rules={[{ required: true, whitespace: true, message: words.signIn.required }]}
    >
      <Input autoComplete="name" maxLength={100} />
    </Form.Item>
  );
}
