import { Button } from "antd";
import { lazy, useState } from "react";
import { Link } from "react-router";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Bell.module.css";
import { BellOutlined } from "./icons";
import { Later } from "./later";
import { useNotices } from "./useNotices";
import { useShopId } from "./useShopId";

/** What waits and what has ended since the last look. */
export function Bell() {
  const words = useWords();
  const format = useFormat();
  const shop = useShopId();
  const { items, say, look } = useNotices();
  const count = items.reduce((sum, notice) => sum + notice.count, 0);
  const content = (close: () => void) => (
    <div className={styles["notices"]}>
      {items.length === 0 ? (
        <>
          <p>{words.notices.empty}</p>
          <p className="muted">{words.notices.emptyHint}</p>
        </>
      ) : (
        <ul>
          {items.map((notice) => (
            <li key={notice.key}>
              <Link to={`/shops/${shop}/${notice.to}`} onClick={close}>
                {say(notice)}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <Allow />
    </div>
  );
  return (
    <Later
      what={Popover}
      given={{ title: words.notices.bell, content, onClose: look }}
      button={
        <button
          type="button"
          className={styles["bell"]}
          aria-label={count > 0 ? words.notices.bellOf(format.count(count)) : words.notices.bell}
        >
          <BellOutlined />
          {count > 0 && <small aria-hidden="true">{count > MOST ? `${MOST}+` : count}</small>}
        </button>
      }
    />
  );
}

const MOST = 99;
const Popover = lazy(async () => ({ default: (await import("./opened")).OpenPopover }));

/** The browser is asked only when somebody wants it. */
function Allow() {
  const words = useWords();
  const [state, setState] = useState(globalThis.Notification?.permission);
  if (state === "default") {
    const ask = async () => setState(await Notification.requestPermission());
    return (
      <Button size="small" onClick={() => void ask()}>
        {words.notices.allow}
      </Button>
    );
  }
  return state === "denied" ? <p className="muted">{words.notices.denied}</p> : null;
}
