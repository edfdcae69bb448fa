import { Button, Input } from "antd";
import { useState } from "react";
import { useWords } from "@/words";
import { Failed, Loading } from "./States";
import type { Known } from "./useViews";
import { useViewChanges } from "./useViewChanges";
import { ViewRow } from "./ViewRow";
import { LONGEST, type View } from "./views";
import styles from "./Views.module.css";

interface ViewsMenuProps {
  list: string;
  known: Known;
  current: View | undefined;
  /** What the list shows now. */
  shows: Record<string, string>;
  onShow: (view: View) => void;
}

/** The views of a list, one's own and shared, and the naming of another. */
export default function ViewsMenu({ list, known, current, shows, onShow }: ViewsMenuProps) {
  const words = useWords();
  const { save } = useViewChanges();
  const { views, error, retry } = known;
  if (!views) {
    return (
      <section className={styles["views"]} aria-label={words.views.title}>
        {error ? <Failed error={error} retry={retry} /> : <Loading rows={2} />}
      </section>
    );
  }
  const row = (view: View) => (
    <ViewRow key={view.id} list={list} view={view} isShown={view === current} onShow={() => onShow(view)} />
  );
  const own = views.filter((view) => !view.is_shared);
  const shared = views.filter((view) => view.is_shared);
  return (
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
  );
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
