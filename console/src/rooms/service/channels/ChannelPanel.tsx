import { Alert, Button } from "antd";
import { useState } from "react";
import { useChange } from "@/api/hooks";
import { Remove } from "@/rooms/base/connections/Remove";
import { Rotate } from "@/rooms/base/connections/Rotate";
import { Trial } from "@/rooms/base/connections/Trial";
import { Facts } from "@/shell/Facts";
import { Panel } from "@/shell/Panel";
import { Tag } from "@/shell/Tag";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { Callback } from "./Callback";
import { stateOf, TONES, type Channel } from "./channel";
import { ChannelForm } from "./ChannelForm";
import { Failures } from "./Failures";
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
  const sends = useChange("service.test_channel", { shownBy: [] });
  const rotates = useChange("service.rotate_channel_secret");
  const removes = useChange("service.remove_channel", { shownBy: ["service.list_channels"] });
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
      <Trial
        said={words.channels}
        done={words.channels.tried[channel.kind]}
        sends={sends}
        onSend={() => sends.mutate({ channel_id: channel.id })}
        hasAnswer={channel.kind === "webhook"}
      >
        <Button onClick={() => setEditing(true)}>{words.channels.edit}</Button>
        {isIn && (
          <Rotate
            said={words.channels}
            rotates={rotates}
            onRotate={() => rotates.mutateAsync({ channel_id: channel.id })}
            shown={(secrets, close) => <Shown kind={channel.kind} secrets={secrets} onClose={close} />}
          />
        )}
        <Remove
          said={words.channels}
          name={channel.name}
          onRemove={() => removes.mutateAsync({ channel_id: channel.id })}
          onRemoved={onClose}
        />
      </Trial>
      {isIn && <Failures channel={channel} />}
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
