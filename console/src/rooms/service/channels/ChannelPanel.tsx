import { Alert, App, Button, Modal } from "antd";
import { useState } from "react";
import { useChange } from "@/api/hooks";
import { Facts } from "@/shell/Facts";
import { SendOutlined } from "@/shell/icons";
import { Notice } from "@/shell/Notice";
import { Panel } from "@/shell/Panel";
import { Tag } from "@/shell/Tag";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { Callback } from "./Callback";
import { stateOf, TONES, type Channel } from "./channel";
import { ChannelForm } from "./ChannelForm";
import { Shown } from "./Shown";
import styles from "./channels.module.css";

/** One channel: where the other side calls, how it is doing, and what can be done with it. */
export function ChannelPanel({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const words = useWords();
  const state = stateOf(channel);
  return (
    <Panel
      open
      title={channel.name}
      extra={<Tag tone={TONES[state]}>{words.channels.states[state]}</Tag>}
      wide
      onClose={onClose}
    >
      <Body channel={channel} onClose={onClose} />
    </Panel>
  );
}

function Body({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const words = useWords();
  const format = useFormat();
  const [editing, setEditing] = useState(false);
  const moment = (at: string | null) => (at ? format.time(at) : words.channels.never);
  const isIn = channel.kind !== "robot";
  return (
    <div className={styles["facts"]}>
      <Trouble channel={channel} />
      {channel.callback && <Callback kind={channel.kind} path={channel.callback} />}
      <Facts
        facts={[
          [words.channels.kind, words.channels.kinds[channel.kind]],
          [words.channels.url, mono(channel.url)],
          [words.channels.corpId, mono(channel.corp_id)],
          [words.channels.kfid, mono(channel.open_kfid)],
          [words.channels.warn, channel.warn_minutes && format.count(channel.warn_minutes)],
          [words.channels.lastIn, isIn && moment(channel.last_in_at)],
          [words.channels.lastOut, moment(channel.last_out_at)],
        ]}
      />
      {channel.former_until && <p className="muted">{words.channels.former(format.time(channel.former_until))}</p>}
      <Trial channel={channel} />
      <div className={styles["buttons"]}>
        <Button onClick={() => setEditing(true)}>{words.channels.edit}</Button>
        {isIn && <Rotate channel={channel} />}
        <Remove channel={channel} onRemoved={onClose} />
      </div>
      {editing && <ChannelForm channel={channel} onClose={() => setEditing(false)} />}
    </div>
  );
}

function mono(text: string | null) {
  return text && <span className="mono">{text}</span>;
}

function Trouble({ channel }: { channel: Channel }) {
  const words = useWords();
  const format = useFormat();
  if (!channel.is_complete) return <p className={styles["trouble"]}>{words.channels.incompleteHint}</p>;
  if (channel.failure === null) return null;
  const said = words.channels.failed(format.time(channel.failed_at), channel.failure);
  return <Alert type="error" showIcon title={said} />;
}

function Trial({ channel }: { channel: Channel }) {
  const words = useWords();
  const send = useChange("service.test_channel", { shownBy: [] });
  const tried = send.data;
  const isDone = tried?.failure === null;
  return (
    <div className={styles["facts"]}>
      <div>
        <Button
          type="primary"
          icon={<SendOutlined />}
          loading={send.isPending}
          onClick={() => send.mutate({ channel_id: channel.id })}
        >
          {words.channels.try}
        </Button>
      </div>
      <Notice error={send.error} />
      <output>
        {tried && (
          <Alert
            type={isDone ? "success" : "error"}
            showIcon
            title={isDone ? words.channels.tried[channel.kind] : words.channels.notTried}
            description={[tried.failure, tried.code !== null && words.channels.code(String(tried.code))]
              .filter(Boolean)
              .join(" · ")}
          />
        )}
      </output>
    </div>
  );
}

function Rotate({ channel }: { channel: Channel }) {
  const words = useWords();
  const tell = useTellProblem();
  const { modal } = App.useApp();
  const rotate = useChange("service.rotate_channel_secret");
  const ask = () =>
    modal.confirm({
      title: words.channels.rotateAsk,
      content: words.channels.rotateHint,
      okText: words.channels.rotate,
      onOk: () => rotate.mutateAsync({ channel_id: channel.id }).catch(tell),
    });
  return (
    <>
      <Button onClick={ask}>{words.channels.rotate}</Button>
      {rotate.data && (
        <Modal open title={words.channels.newSecret} footer={null} onCancel={rotate.reset} mask={{ closable: false }}>
          <Shown kind={channel.kind} secrets={rotate.data} onClose={rotate.reset} />
        </Modal>
      )}
    </>
  );
}

function Remove({ channel, onRemoved }: { channel: Channel; onRemoved: () => void }) {
  const words = useWords();
  const tell = useTellProblem();
  const { modal, message } = App.useApp();
  const remove = useChange("service.remove_channel", { shownBy: ["service.list_channels"] });
  const ask = () =>
    modal.confirm({
      title: words.channels.removeAsk(channel.name),
      content: words.channels.removeHint,
      okText: words.channels.remove,
      okButtonProps: { danger: true },
      onOk: () =>
        remove
          .mutateAsync({ channel_id: channel.id })
          .then(() => {
            void message.success(words.channels.removed);
            onRemoved();
          })
          .catch(tell),
    });
  return (
    <Button type="text" danger onClick={ask}>
      {words.channels.remove}
    </Button>
  );
}
