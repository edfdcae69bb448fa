import { Button, Input } from "antd";
import { useState } from "react";
import { useRole } from "@/api/hooks";
import { useWords } from "@/words";
import { EllipsisOutlined } from "./icons";
import { useViewChanges } from "./useViewChanges";
import { LONGEST, type View } from "./views";
import styles from "./Views.module.css";

interface ViewRowProps {
  list: string;
  view: View;
  isShown: boolean;
  onShow: () => void;
}

/** A view to open, and beside it whether the list opens in it and what else can be done with it. */
export function ViewRow({ list, view, isShown, onShow }: ViewRowProps) {
  const words = useWords();
  const isOwner = useRole() === "owner";
  const { setDefault } = useViewChanges();
  const [isChanging, setChanging] = useState(false);
  if (isChanging) return <Change view={view} mayShare={isOwner} onDone={() => setChanging(false)} />;
  const star = view.is_default ? words.views.opensPlain(view.name) : words.views.opensIn(view.name);
  return (
    <li>
      <button type="button" className={`plain opens ${styles["name"]}`} aria-pressed={isShown} onClick={onShow}>
        {view.name}
      </button>
      <Button
        type="text"
        size="small"
        icon={<span className={view.is_default ? styles["default"] : styles["star"]} />}
        aria-label={star}
        title={star}
        onClick={() => void setDefault({ list_name: list, view_id: view.is_default ? null : view.id })}
      />
      {(!view.is_shared || isOwner) && (
        <Button
          type="text"
          size="small"
          icon={<EllipsisOutlined />}
          aria-label={words.views.change(view.name)}
          title={words.views.change(view.name)}
          onClick={() => setChanging(true)}
        />
      )}
    </li>
  );
}

interface ChangeProps {
  view: View;
  mayShare: boolean;
  onDone: () => void;
}

function Change({ view, mayShare, onDone }: ChangeProps) {
  const words = useWords();
  const { rename, share, remove } = useViewChanges();
  const [name, setName] = useState(view.name);
  const given = name.trim();
  const save = () => {
    if (!given) return;
    if (given !== view.name) void rename({ view_id: view.id, name: given });
    onDone();
  };
  const pass = () => {
    void share({ view_id: view.id, is_shared: !view.is_shared });
    onDone();
  };
  return (
    <li className={styles["change"]}>
      <div className={styles["new"]}>
        <Input
          value={name}
          maxLength={LONGEST}
          aria-label={words.views.changedName}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={save}
        />
        <Button disabled={!given} onClick={save}>
          {words.common.save}
        </Button>
      </div>
      <div className={styles["ways"]}>
        {mayShare && (
          <Button size="small" onClick={pass}>
            {view.is_shared ? words.views.keep : words.views.share}
          </Button>
        )}
        <Button
          size="small"
          danger
          aria-label={words.views.removeThis(view.name)}
          onClick={() => void remove({ view_id: view.id })}
        >
          {words.views.remove}
        </Button>
        <Button type="text" size="small" onClick={onDone}>
          {words.common.cancel}
        </Button>
      </div>
    </li>
  );
}
