import { App, Button, Checkbox, Form, Input, Modal, Radio } from "antd";
import { useChange } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { useWords } from "@/words";
import settings from "../settings.module.css";
import { KindsField } from "./KindsField";
import type { Webhook } from "./naming";
import { ShownOnce } from "./ShownOnce";
import styles from "./webhooks.module.css";

interface Given {
  description?: string;
  url: string;
  every: boolean;
  kinds?: string[];
  is_on: boolean;
}

/** Makes a webhook, or changes one; a new one's secret is shown before the form closes. */
export function WebhookForm({ webhook, onClose }: { webhook: Webhook | null; onClose: () => void }) {
  const words = useWords();
  const { message } = App.useApp();
  const save = useChange("base.save_webhook");
  const secret = save.data?.secret;
  const finish = ({ description = "", url, every, kinds = [], is_on }: Given) =>
    save.mutate(
      {
        ...(webhook && { webhook_id: webhook.id }),
        description: description.trim(),
        url: url.trim(),
        kinds: every ? null : kinds,
        is_on,
      },
      {
        onSuccess: (saved) => {
          if (saved.secret) return;
          void message.success(words.webhooks.saved);
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      onCancel={onClose}
      title={webhook ? words.webhooks.edit : words.webhooks.add}
      footer={null}
      width={640}
      mask={{ closable: !secret }}
      destroyOnHidden
    >
      {secret ? (
        <ShownOnce secret={secret} onClose={onClose} />
      ) : (
        <Form
          layout="vertical"
          initialValues={{
            description: webhook?.description ?? "",
            url: webhook?.url ?? "",
            every: webhook?.kinds === null,
            kinds: webhook?.kinds ?? [],
            is_on: webhook?.is_on ?? true,
          }}
          onFinish={finish}
        >
          <Form.Item
            name="url"
            label={words.webhooks.url}
            extra={words.webhooks.urlHint}
            rules={[{ required: true, whitespace: true, message: words.signIn.required }]}
          >
            <Input type="url" inputMode="url" maxLength={2000} placeholder={words.webhooks.urlExample} autoComplete="off" />
          </Form.Item>
          <Form.Item name="description" label={words.webhooks.description} extra={words.webhooks.descriptionHint}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="every" label={words.webhooks.listens}>
            <Radio.Group
              options={[
                { value: false, label: words.webhooks.chosen },
                { value: true, label: words.webhooks.every },
              ]}
            />
          </Form.Item>
          <Form.Item noStyle dependencies={["every"]}>
            {({ getFieldValue }) =>
              getFieldValue("every") ? (
                <p className={`muted ${styles["every"]}`}>{words.webhooks.everyHint}</p>
              ) : (
                <Form.Item
                  name="kinds"
                  rules={[{ required: true, type: "array", min: 1, message: words.webhooks.chooseOne }]}
                  extra={words.webhooks.chosenHint}
                >
                  <KindsField />
                </Form.Item>
              )
            }
          </Form.Item>
          <Form.Item name="is_on" valuePropName="checked" extra={words.webhooks.isOnHint}>
            <Checkbox>{words.webhooks.isOn}</Checkbox>
          </Form.Item>
          <div className={settings["stack"]}>
            <Notice error={save.error} />
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {words.common.save}
            </Button>
          </div>
        </Form>
      )}
    </Modal>
  );
}
