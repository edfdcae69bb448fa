import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useRead } from "@/api/hooks";
import settings from "@/rooms/base/settings.module.css";
import { PlusOutlined } from "@/shell/icons";
import { Await, Empty } from "@/shell/States";
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
  const [adding, setAdding] = useState(false);
  const opened = query.data?.items.find(({ id }) => id === looked);
  const open = (id: string | null) => address.set({ channel: id });
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {words.channels.add}
    </Button>
  );
  return (
    <section className={settings["panel"]}>
      <div className={settings["between"]}>
        <p className="muted">
          {words.channels.lead} {words.channels.guide}
        </p>
        {query.data !== undefined && query.data.items.length > 0 && add}
      </div>
      <div className="card">
        <Await query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={words.channels.empty} hint={words.channels.emptyHint}>
                {add}
              </Empty>
            ) : (
              <ul className={settings["rows"]} aria-label={words.channels.title}>
                {items.map((channel) => (
                  <Line key={channel.id} channel={channel} onOpen={() => open(channel.id)} />
                ))}
              </ul>
            )
          }
        </Await>
      </div>
      <Suspense fallback={null}>
        {adding && <ChannelForm channel={null} onClose={() => setAdding(false)} />}
        {opened && <ChannelPanel key={opened.id} channel={opened} onClose={() => open(null)} />}
      </Suspense>
    </section>
  );
}

function Line({ channel, onOpen }: { channel: Channel; onOpen: () => void }) {
  const words = useWords();
  const format = useFormat();
  const state = stateOf(channel);
  const moment = (at: string | null) => (at ? format.time(at) : words.channels.never);
  return (
    <li>
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
    </li>
  );
}
