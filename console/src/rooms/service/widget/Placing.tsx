import settings from "@/rooms/base/settings.module.css";
import { Await } from "@/shell/States";
import { useWords } from "@/words";
import { Snippet } from "./Snippet";
import { useWidget } from "./useWidget";
import styles from "./widget.module.css";

/** How the chat comes onto a page of the shop's own. */
export function Component() {
  const words = useWords();
  const query = useWidget();
  return (
    <section className={settings["panel"]} aria-labelledby="placing">
      <div className={`card ${styles["box"]}`}>
        <h2 id="placing">{words.widget.placing}</h2>
        <p className="muted">{words.widget.placingLead}</p>
        <Await query={query} rows={3}>
          {(found) => <Snippet found={found} />}
        </Await>
      </div>
    </section>
  );
}
