import { Secret } from "@/rooms/base/Secret";
import settings from "@/rooms/base/settings.module.css";
import { isPublic } from "@/rooms/service/widget/snippet";
import { useWords } from "@/words";
import type { Kind } from "./channel";
import styles from "./channels.module.css";

/** The address at which the other side of a channel calls, to be copied. */
export function Callback({ kind, path }: { kind: Kind; path: string }) {
  const words = useWords();
  const { origin } = globalThis.location;
  return (
    <div className={settings["stack"]}>
      <span>{kind === "wecom" ? words.channels.callbackWecom : words.channels.callbackWebhook}</span>
      <Secret text={`${origin}${path}`} />
      {!isPublic(origin) && <p className={styles["trouble"]}>{words.channels.notPublic(origin)}</p>}
    </div>
  );
}
