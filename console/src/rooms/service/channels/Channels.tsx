import { lazy } from "react";
import { useRead } from "@/api/hooks";
import { Connections } from "@/rooms/base/connections/Connections";
import settings from "@/rooms/base/settings.module.css";
import { Tag } from "@/shell/Tag";
import { useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { stateOf, TONES, type Channel } from "./channel";
import styles from "./channels.module.css";

const ChannelForm = lazy(async () => ({ default: (await import("./ChannelForm")).ChannelForm }));
const ChannelPanel = lazy(async () => ({ default: (await import("./ChannelPanel")).ChannelPanel }));

/** The ways by which shoppers reach the shop beside its own pages, and staff are told. */
export function Component() {
  const words = useWords();
  const address = useAddress();
  const looked = address.get("channel");
  const query = useRead("service.list_channels", {}, { every: () => (looked ? 3_000 : 20_000) });
  return (
    <Connections
      said={words.channels}
      query={query}
      looked={looked}
      open={(id) => address.set({ channel: id })}
      line={(channel, onOpen) => <Line channel={channel} onOpen={onOpen} />}
      form={(onClose) => <ChannelForm channel={null} onClose={onClose} />}
      panel={(channel, onClose) => <ChannelPanel key={channel.id} channel={channel} onClose={onClose} />}
    />
  );
}

function Line({ channel, onOpen }: { channel: Channel; onOpen: () => void }) {
  const words = useWords();
  const format = useFormat();
  const state = stateOf(channel);
  const moment = (at: string | null) => (at ? format.time(at) : words.channels.never);
  return (
    <>
      <span className={settings["grow"]}>
        <button type="button" className="plain opens" onClick={onOpen}>
          <b>{channel.name}</b>
        </button>{" "}
        <span className="muted">{words.channels.kinds[channel.kind]}</span>
        <small className="muted">
          {channel.kind !== "robot" && (
            <>
              {words.channels.people(format.count(channel.people))} · {words.channels.lastIn} {moment(channel.last_in_at)} ·{" "}
            </>
          )}
          {words.channels.lastOut} {moment(channel.last_out_at)}
        </small>
        {channel.failure && <small className={styles["bad"]}>{channel.failure}</small>}
      </span>
      <Tag tone={TONES[state]}>{words.channels.states[state]}</Tag>
    </>
  );
}
