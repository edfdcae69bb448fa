import { Button } from "antd";
import { Secret } from "@/rooms/base/Secret";
import { useWords } from "@/words";
import { Seen } from "./Seen";
import { isPublic, snippetOf, trialOf } from "./snippet";
import type { Widget } from "./useWidget";
import styles from "./widget.module.css";

/** The line for a page, where it goes, and whether it was seen there. */
export function Snippet({ found }: { found: Widget }) {
  const words = useWords();
  const { origin } = globalThis.location;
  return (
    <div className={styles["snippet"]}>
      <Secret text={snippetOf(origin, found.key)} />
      <p>{words.widget.where}</p>
      {!isPublic(origin) && <p className={styles["warning"]}>{words.widget.notPublic(origin)}</p>}
      <Seen found={found} />
      <div>
        <Button href={trialOf(found.key)} target="_blank" rel="noopener">
          {words.widget.trial}
        </Button>
      </div>
    </div>
  );
}
