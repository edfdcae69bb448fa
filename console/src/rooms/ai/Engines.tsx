import { Link } from "react-router";
import type { Item } from "@/api/client";
import { useRead } from "@/api/hooks";
import settings from "@/rooms/base/settings.module.css";
import { Tag, type Tone } from "@/shell/Tag";
import { Await } from "@/shell/States";
import { useWords } from "@/words";

type Engine = Item<"ai.status">;

/** What answers for each capability, and what stands in for another. */
export function Component() {
  const words = useWords();
  const query = useRead("ai.status", {});
  return (
    <section className={settings["panel"]} aria-labelledby="engines">
      <h2 id="engines">{words.engines.title}</h2>
      <div className={settings["between"]}>
        <p className="muted">{words.engines.lead}</p>
        <Link to="../models">{words.engines.more}</Link>
      </div>
      <div className="card">
        <Await query={query} rows={2}>
          {({ items }) => (
            <ul className={settings["rows"]}>
              {items.map((engine) => (
                <li key={engine.capability}>
                  <span className={settings["grow"]}>
                    {words.engines.names[engine.capability]}
                    <small className="muted">{words.engines.hints[engine.capability]}</small>
                    {engine.why && <small>{engine.why}</small>}
                  </span>
                  {engine.is_there && <span className="mono muted">{engine.engine}</span>}
                  <State engine={engine} />
                </li>
              ))}
            </ul>
          )}
        </Await>
      </div>
    </section>
  );
}

function State({ engine }: { engine: Engine }) {
  const { engines: words } = useWords();
  const [tone, said]: [Tone, string] = !engine.is_there
    ? ["quiet", words.none]
    : engine.degraded
      ? ["waiting", words.degraded]
      : ["done", words.on];
  return <Tag tone={tone}>{said}</Tag>;
}
