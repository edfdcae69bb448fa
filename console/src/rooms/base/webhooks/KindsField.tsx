import { Checkbox } from "antd";
import { useRead } from "@/api/hooks";
import { Await } from "@/shell/States";
import { useWords } from "@/words";
import { eventName, roomOf, type Kind } from "./naming";
import styles from "./webhooks.module.css";

interface KindsFieldProps {
  /** Given by the form. */
  id?: string;
  value?: string[];
  onChange?: (kinds: string[]) => void;
}

const NONE: string[] = [];

/** Kinds of events to choose from, room by room, each with when it happens and what it carries. */
export function KindsField({ id, value = NONE, onChange }: KindsFieldProps) {
  const words = useWords();
  const query = useRead("base.list_event_kinds", {});
  const { rooms } = words.webhooks;
  return (
    <div id={id} className={styles["kinds"]}>
      <Await query={query}>
        {({ items }) =>
          Object.entries(byRoom(items)).map(([room, kinds]) => (
            <fieldset key={room}>
              <legend>{Object.hasOwn(rooms, room) ? rooms[room as keyof typeof rooms] : rooms.other}</legend>
              {kinds.map((kind) => (
                <Checkbox
                  key={kind.type}
                  checked={value.includes(kind.type)}
                  onChange={({ target }) =>
                    onChange?.(target.checked ? [...value, kind.type] : value.filter((type) => type !== kind.type))
                  }
                >
                  {eventName(words, kind.type) ?? kind.when}
                  <small className="muted">
                    <span className="mono">{kind.type}</span>
                    {kind.fields.length > 0 && <> · {words.webhooks.fields(kind.fields.join(", "))}</>}
                  </small>
                </Checkbox>
              ))}
            </fieldset>
          ))
        }
      </Await>
    </div>
  );
}

const ORDER = ["shop", "service", "knowledge", "base"];

function byRoom(kinds: Kind[]): Record<string, Kind[]> {
  const found: Record<string, Kind[]> = Object.fromEntries(ORDER.map((room) => [room, []]));
  for (const kind of kinds) (found[roomOf(kind.type)] ??= []).push(kind);
  return Object.fromEntries(Object.entries(found).filter(([, some]) => some.length > 0));
}
