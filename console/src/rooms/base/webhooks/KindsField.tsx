import { Checkbox } from "antd";
import { useRead } from "@/api/hooks";
import { Await } from "@/shell/States";
import { useWords } from "@/words";
import { roomOf, type Kind } from "./naming";
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
          byRoom(items).map(([room, kinds]) => (
            <fieldset key={room}>
              <legend>{rooms[room]}</legend>
              {kinds.map((kind) => (
                <Checkbox
                  key={kind.type}
                  checked={value.includes(kind.type)}
                  onChange={({ target }) =>
                    onChange?.(target.checked ? [...value, kind.type] : value.filter((type) => type !== kind.type))
                  }
                >
                  {kind.when}
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

const ORDER = ["shop", "service", "knowledge", "base", "other"] as const;

function byRoom(kinds: Kind[]) {
  return ORDER.map((room) => [room, kinds.filter((kind) => roomOf(kind) === room)] as const).filter(
    ([, some]) => some.length > 0,
  );
}
