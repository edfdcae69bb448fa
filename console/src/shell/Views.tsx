import { App, Button, Input, Popover } from "antd";
import { useState } from "react";
import { useSession } from "@/api/hooks";
import { useWords } from "@/words";
import { useAddress } from "./useAddress";
import { useShopId } from "./useShopId";
import { nameOf, readViews, withView, writeViews, type View } from "./views";
import styles from "./Views.module.css";

interface ViewsProps {
  /** Which list. */
  list: string;
  /** The parts of the address that narrow it. */
  by: readonly string[];
}

/** Names what a list shows now, and goes back to what was named before. */
export function Views({ list, by }: ViewsProps) {
  const words = useWords();
  const address = useAddress();
  const shop = useShopId();
  const { message } = App.useApp();
  const place = `${useSession().data?.user?.id ?? ""}.${shop}.${list}`;
  const [views, setViews] = useState(() => readViews(place));
  const [open, setOpen] = useState(false);
  const shows = Object.fromEntries(by.map((name) => [name, address.get(name)]).filter(([, value]) => value));
  const current = nameOf(views, shows);

  const keep = (changed: View[]) => {
    setViews(changed);
    if (!writeViews(place, changed)) void message.warning(words.views.notKept);
  };
  const show = (view: View) => {
    address.set(Object.fromEntries(by.map((name) => [name, view.shows[name] ?? null])));
    setOpen(false);
  };
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={open}
      onOpenChange={setOpen}
      content={
        <section className={styles["views"]} aria-label={words.views.title}>
          {views.length === 0 && <p className="muted">{words.views.empty}</p>}
          <ul>
            {views.map((view) => (
              <li key={view.name}>
                <button
                  type="button"
                  className="plain opens"
                  aria-pressed={view.name === current}
                  onClick={() => show(view)}
                >
                  {view.name}
                </button>
                <Button
                  type="text"
                  size="small"
                  aria-label={words.views.removeThis(view.name)}
                  onClick={() => keep(views.filter((other) => other !== view))}
                >
                  {words.views.remove}
                </Button>
              </li>
            ))}
          </ul>
          {Object.keys(shows).length > 0 ? (
            <NewView onSave={(name) => keep(withView(views, { name, shows }))} />
          ) : (
            <p className="muted">{words.views.narrowFirst}</p>
          )}
        </section>
      }
    >
      <Button>{current ?? words.views.title}</Button>
    </Popover>
  );
}

function NewView({ onSave }: { onSave: (name: string) => void }) {
  const words = useWords();
  const [name, setName] = useState("");
  const given = name.trim();
  const save = () => {
    if (!given) return;
    onSave(given);
    setName("");
  };
  return (
    <div className={styles["new"]}>
      <Input
        value={name}
        maxLength={30}
        aria-label={words.views.name}
        placeholder={words.views.name}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={save}
      />
      <Button type="primary" disabled={!given} onClick={save}>
        {words.common.save}
      </Button>
    </div>
  );
}
