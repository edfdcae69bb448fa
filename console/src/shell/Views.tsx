import { Button, Input, Popover } from "antd";
import { useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";
import { useWords } from "@/words";
import { useAddress } from "./useAddress";
import { useShopId } from "./useShopId";
import { useViewChanges, useViews } from "./useViews";
import { ViewRow } from "./ViewRow";
import { inAddress, LONGEST, viewOf, type View } from "./views";
import styles from "./Views.module.css";

interface ViewsProps {
  /** Which list. */
  list: string;
  /** The parts of the address that narrow it. */
  by: readonly string[];
}

/** Names what a list shows now, and goes back to what was named before, by oneself or for all. */
export function Views({ list, by }: ViewsProps) {
  const words = useWords();
  const address = useAddress();
  const known = useViews(list);
  const { save } = useViewChanges();
  const [open, setOpen] = useState(false);
  const views = known ?? [];
  const shows = Object.fromEntries(by.map((name) => [name, address.get(name)]).filter(([, value]) => value));
  const current = viewOf(views, shows);

  const put = (view: View) => {
    const said = inAddress(view);
    address.set(Object.fromEntries(by.map((name) => [name, said[name] ?? null])));
  };
  useOpening(known, put);
  const row = (view: View) => (
    <ViewRow
      key={view.id}
      list={list}
      view={view}
      isShown={view === current}
      onShow={() => {
        put(view);
        setOpen(false);
      }}
    />
  );
  const own = views.filter((view) => !view.is_shared);
  const shared = views.filter((view) => view.is_shared);
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={open}
      onOpenChange={setOpen}
      content={
        <section className={styles["views"]} aria-label={words.views.title}>
          {views.length === 0 && <p className="muted">{words.views.empty}</p>}
          {own.length > 0 && <ul>{own.map(row)}</ul>}
          {shared.length > 0 && (
            <>
              <h3 className="muted">{words.views.shared}</h3>
              <ul>{shared.map(row)}</ul>
            </>
          )}
          {Object.keys(shows).length > 0 ? (
            <NewView onSave={(name) => save({ list_name: list, name, shows })} />
          ) : (
            <p className="muted">{words.views.narrowFirst}</p>
          )}
        </section>
      }
    >
      <Button>{current?.name ?? words.views.title}</Button>
    </Popover>
  );
}

/** Opens a list in the person's default view, where its address says nothing of its own; once, so that the
 * view can be left. */
function useOpening(views: View[] | undefined, put: (view: View) => void): void {
  const shop = useShopId();
  const { search } = useLocation();
  const openedIn = useRef("");
  useEffect(() => {
    if (!views || openedIn.current === shop) return;
    openedIn.current = shop;
    const first = views.find((view) => view.is_default);
    if (first && search === "") put(first);
  }, [put, search, shop, views]);
}

function NewView({ onSave }: { onSave: (name: string) => Promise<boolean> }) {
  const words = useWords();
  const [name, setName] = useState("");
  const given = name.trim();
  const save = () => {
    if (!given) return;
    // What was refused can be written otherwise.
    void onSave(given).then((isSaved) => isSaved && setName(""));
  };
  return (
    <div className={styles["new"]}>
      <Input
        value={name}
        maxLength={LONGEST}
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
