import { App, Button, Form, Input } from "antd";
import type { Item } from "@/api/client";
import { useChange } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { useWords } from "@/words";
import { ClauseEditor } from "./ClauseEditor";
import { keyed, written, type Clause } from "./clauses";
import styles from "./clauses.module.css";

type Policy = Item<"knowledge.list_policies">;

const LONGEST_CLAUSE = 1000;

interface Given {
  title: string;
  effective?: string;
  clauses: Clause[];
}

interface PolicyFormProps {
  /** The version to begin from; null for a new policy. */
  policy: Policy | null;
  /** Whether it becomes a version of its own, which needs a day that no other has. */
  isNewVersion?: boolean;
  /** The clause to begin with, counted from 1. */
  focus?: number | undefined;
  onClose: () => void;
  onSaved?: (() => void) | undefined;
}

/** Writes a policy clause by clause: a new one, a new version, or a version anew. */
export function PolicyForm({ policy, isNewVersion = false, focus, onClose, onSaved }: PolicyFormProps) {
  const words = useWords();
  const { message } = App.useApp();
  const save = useChange("knowledge.save_policy");
  const takesDay = policy === null || isNewVersion;
  const taken = policy?.versions.map(({ effective }) => effective) ?? [];
  const finish = ({ title, effective, clauses }: Given) =>
    save.mutate(
      {
        ...(policy && { id: policy.id }),
        title,
        effective: takesDay ? effective || null : (policy?.effective ?? null),
        clauses: written(clauses).map(({ text }) => text),
      },
      {
        onSuccess: () => {
          void message.success(words.policies.saved);
          onClose();
          onSaved?.();
        },
      },
    );
  return (
    <Form
      layout="vertical"
      initialValues={{ title: policy?.title ?? "", effective: "", clauses: keyed(policy?.clauses ?? []) }}
      onFinish={finish}
    >
      <Notice error={save.error} />
      <Form.Item
        name="title"
        label={words.policies.title}
        rules={[{ required: true, whitespace: true, message: words.signIn.required }]}
      >
        <Input maxLength={200} placeholder={words.policies.titleHint} />
      </Form.Item>
      {takesDay && (
        <Form.Item
          name="effective"
          label={words.policies.effective}
          extra={isNewVersion ? words.policies.newVersionHint : words.policies.effectiveHint}
          required={isNewVersion}
          rules={[
            {
              validator: (_, day: string) => {
                if (isNewVersion && !day) return Promise.reject(new Error(words.signIn.required));
                const isFree = !day || !taken.includes(day);
                return isFree ? Promise.resolve() : Promise.reject(new Error(words.policies.dayTaken));
              },
            },
          ]}
        >
          <Input type="date" />
        </Form.Item>
      )}
      <Form.Item
        name="clauses"
        label={words.policies.clauses}
        extra={words.policies.clausesHint}
        rules={[
          {
            validator: (_, clauses: Clause[]) =>
              written(clauses).length > 0 ? Promise.resolve() : Promise.reject(new Error(words.policies.noClauses)),
          },
        ]}
      >
        <ClauseEditor longest={LONGEST_CLAUSE} focus={focus} />
      </Form.Item>
      <footer className={styles["footer"]}>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {words.common.save}
        </Button>
        <Button onClick={onClose}>{words.common.cancel}</Button>
      </footer>
    </Form>
  );
}
