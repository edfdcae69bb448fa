import { App, Button, Checkbox, Form, Input, Modal, Radio } from "antd";
import { useChange } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { describe } from "@/shell/useProblem";
import { useWords } from "@/words";
import settings from "@/rooms/base/settings.module.css";
import { fieldOf, KINDS, type Channel, type Kind } from "./channel";
import { Shown } from "./Shown";
import styles from "./channels.module.css";

interface Values {
  kind: Kind;
  name: string;
  url?: string;
  corp_id?: string;
  open_kfid?: string;
  app_secret?: string;
  robot_url?: string;
  warn_minutes?: string;
  is_on: boolean;
}

const USUAL_WARNING = "1";

/** Makes a channel, or changes one; what was chosen for a new one is shown before the form closes. */
export function ChannelForm({ channel, onClose }: { channel: Channel | null; onClose: () => void }) {
  const words = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch("kind", form) ?? channel?.kind ?? "wecom";
  const save = useChange("service.save_channel");
  const secrets = save.data?.signing || save.data?.token ? save.data : null;
  const needed = [{ required: true, whitespace: true, message: words.channels.needed }];
  const finish = (values: Values) =>
    save.mutate(
      {
        ...(channel && { channel_id: channel.id }),
        kind: values.kind,
        name: values.name.trim(),
        is_on: values.is_on,
        url: given(values.url),
        corp_id: given(values.corp_id),
        open_kfid: given(values.open_kfid),
        app_secret: given(values.app_secret),
        robot_url: given(values.robot_url),
        warn_minutes: Number(values.warn_minutes ?? USUAL_WARNING),
      },
      {
        onSuccess: (saved) => {
          if (saved.signing || saved.token) return;
          void message.success(words.channels.saved);
          onClose();
        },
        onError: (error) => {
          const field = fieldOf(error);
          if (!field) return;
          const { title, hint } = describe(error, words);
          form.setFields([{ name: field, errors: [title, ...(hint ? [hint] : [])] }]);
        },
      },
    );
  return (
    <Modal
      open
      onCancel={onClose}
      title={channel ? words.channels.edit : words.channels.add}
      footer={null}
      width={640}
      mask={{ closable: !secrets }}
      destroyOnHidden
    >
      {secrets ? (
        <Shown kind={kind} secrets={secrets} onClose={onClose} />
      ) : (
        <Form form={form} layout="vertical" initialValues={valuesOf(channel)} onFinish={finish}>
          <Form.Item name="kind" label={words.channels.kind} hidden={channel !== null}>
            <Radio.Group className={styles["kinds"] ?? ""}>
              {KINDS.map((each) => (
                <Radio key={each} value={each}>
                  {words.channels.kinds[each]}
                  <small className="muted">{words.channels.kindHints[each]}</small>
                </Radio>
              ))}
            </Radio.Group>
          </Form.Item>
          <Form.Item name="name" label={words.channels.name} extra={words.channels.nameHint} rules={needed}>
            <Input maxLength={60} />
          </Form.Item>
          {kind === "webhook" && (
            <Form.Item name="url" label={words.channels.url} extra={words.channels.urlHint} rules={needed}>
              <Input type="url" inputMode="url" maxLength={2000} placeholder={words.channels.urlExample} autoComplete="off" />
            </Form.Item>
          )}
          {kind === "wecom" && (
            <>
              <Form.Item name="corp_id" label={words.channels.corpId} extra={words.channels.corpIdHint} rules={needed}>
                <Input className="mono" maxLength={64} autoComplete="off" spellCheck={false} />
              </Form.Item>
              <Form.Item name="open_kfid" label={words.channels.kfid} extra={words.channels.kfidHint} rules={needed}>
                <Input className="mono" maxLength={64} autoComplete="off" spellCheck={false} />
              </Form.Item>
              <Form.Item
                name="app_secret"
                label={words.channels.appSecret}
                extra={channel?.is_complete ? words.channels.appSecretKept : words.channels.appSecretHint}
              >
                <Input.Password maxLength={200} autoComplete="off" visibilityToggle={false} />
              </Form.Item>
            </>
          )}
          {kind === "robot" && (
            <>
              <Form.Item
                name="robot_url"
                label={words.channels.robotUrl}
                extra={channel ? words.channels.appSecretKept : words.channels.robotUrlHint}
                rules={channel ? [] : needed}
              >
                <Input type="url" inputMode="url" maxLength={300} autoComplete="off" />
              </Form.Item>
              <Form.Item name="warn_minutes" label={words.channels.warn} rules={needed}>
                <Input className={styles["minutes"] ?? ""} type="number" min={1} max={120} />
              </Form.Item>
            </>
          )}
          <Form.Item name="is_on" valuePropName="checked" extra={words.channels.isOnHint}>
            <Checkbox>{words.channels.isOn}</Checkbox>
          </Form.Item>
          <div className={settings["stack"]}>
            {!fieldOf(save.error) && <Notice error={save.error} />}
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {words.common.save}
            </Button>
          </div>
        </Form>
      )}
    </Modal>
  );
}

function given(text: string | undefined): string | null {
  return text?.trim() || null;
}

function valuesOf(channel: Channel | null): Values {
  return {
    kind: channel?.kind ?? "wecom",
    name: channel?.name ?? "",
    url: channel?.url ?? "",
    corp_id: channel?.corp_id ?? "",
    open_kfid: channel?.open_kfid ?? "",
    warn_minutes: String(channel?.warn_minutes ?? USUAL_WARNING),
    is_on: channel?.is_on ?? true,
  };
}
