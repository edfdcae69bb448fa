import { Button } from "antd";
import { Secret } from "@/rooms/base/Secret";
import settings from "@/rooms/base/settings.module.css";
import { useWords } from "@/words";
import { Callback } from "./Callback";
import type { Kind, Secrets } from "./channel";

/** What was chosen for a channel, on the one occasion when it is known. */
export function Shown({ kind, secrets, onClose }: { kind: Kind; secrets: Secrets; onClose: () => void }) {
  const words = useWords();
  const given = [
    [words.channels.signing, secrets.signing],
    [words.channels.token, secrets.token],
    [words.channels.aesKey, secrets.aes_key],
  ] as const;
  return (
    <div className={settings["stack"]}>
      <p>
        <b>{words.channels.shownOnce}</b>
        <br />
        {kind === "wecom" ? words.channels.shownWecom : words.channels.shownWebhook}
      </p>
      {given.map(
        ([name, text]) =>
          text && (
            <div key={name}>
              <span>{name}</span>
              <Secret text={text} />
            </div>
          ),
      )}
      {secrets.callback && <Callback kind={kind} path={secrets.callback} />}
      <Button type="primary" onClick={onClose}>
        {words.common.done}
      </Button>
    </div>
  );
}
