import { Link } from "react-router";
import { useChange, useRead } from "@/api/hooks";
import { Replay } from "@/rooms/base/connections/Replay";
import settings from "@/rooms/base/settings.module.css";
import { Section } from "@/shell/Panel";
import { Await } from "@/shell/States";
import { useShopId } from "@/shell/useShopId";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import type { Channel, Failure } from "./channel";
import styles from "./channels.module.css";

const OFTEN = { every: () => 3_000 };

/** What a channel could not keep or bring, and for a system of the shop's own, all of it once more. */
export function Failures({ channel }: { channel: Channel }) {
  const words = useWords();
  const query = useRead("service.list_channel_failures", { channel_id: channel.id }, OFTEN);
  const replays = useChange("service.replay_channel", {
    shownBy: ["service.list_channels", "service.list_channel_failures"],
  });
  return (
    <Section title={words.channels.failures}>
      {channel.kind === "webhook" && (
        <div className={styles["again"]}>
          <Replay
            said={words.channels}
            replays={replays}
            onReplay={async (since) => (await replays.mutateAsync({ channel_id: channel.id, since })).messages}
          />
        </div>
      )}
      <div className="card">
        <Await query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <p className={`muted ${styles["none"]}`}>{words.channels.noFailures}</p>
            ) : (
              <ul className={settings["rows"]} aria-label={words.channels.failures}>
                {items.map((failure) => (
                  <Line key={`${failure.at} ${failure.message} ${failure.conversation_id} ${failure.seq}`} failure={failure} />
                ))}
              </ul>
            )
          }
        </Await>
      </div>
    </Section>
  );
}

function Line({ failure }: { failure: Failure }) {
  const words = useWords();
  const format = useFormat();
  const shop = useShopId();
  const { conversation_id: conversation, seq, message } = failure;
  return (
    <li>
      <span className={settings["grow"]}>
        {failure.why}
        <small className="muted">
          {format.time(failure.at)} · {words.channels.ways[failure.way]}
          {seq !== null && ` · ${words.channels.place(format.count(seq))}`}
          {message && (
            <>
              {" · "}
              <span className="mono">{message}</span>
            </>
          )}
        </small>
      </span>
      {conversation && (
        <Link to={`/shops/${encodeURIComponent(shop)}/desk?${new URLSearchParams({ open: conversation })}`}>
          {words.channels.open}
        </Link>
      )}
    </li>
  );
}
