import { Button } from "antd";
import { useWords } from "@/words";
import { Secret } from "../Secret";
import settings from "../settings.module.css";

/** A signing secret, on the one occasion when it is known. */
export function ShownOnce({ secret, onClose }: { secret: string; onClose: () => void }) {
  const words = useWords();
  return (
    <div className={settings["stack"]}>
      <p>
        <b>{words.webhooks.secretTitle}</b>
        <br />
        {words.webhooks.secretHint}
      </p>
      <Secret text={secret} />
      <Button type="primary" onClick={onClose}>
        {words.common.done}
      </Button>
    </div>
  );
}
