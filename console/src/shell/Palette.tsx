/* oxlint-disable jsx-a11y/prefer-tag-over-role -- no tag is a list that is walked while the keyboard stays in a field */
import { Input, Modal } from "antd";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { useNavigate } from "react-router";
import { useWords } from "@/words";
import { grouped, parts, readRecent, remembered, stepped, writeRecent, type Find } from "./finding";
import { SearchOutlined } from "./icons";
import styles from "./Palette.module.css";
import { Empty, Failed, Loading } from "./States";
import { useFinds } from "./useFinds";
import { useShopId } from "./useShopId";

interface PaletteProps {
  open: boolean;
  onClose: () => void;
}

/** Search over everything in the shop: type, walk with the arrow keys, Enter opens. */
export function Palette({ open, onClose }: PaletteProps) {
  const words = useWords();
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={640}
      style={{ top: "10vh" }}
      styles={{ container: { padding: 0 }, header: { margin: 0 } }}
      destroyOnHidden
      title={<span className="unseen">{words.find.title}</span>}
    >
      <Finder onClose={onClose} />
    </Modal>
  );
}

function Finder({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const navigate = useNavigate();
  const shop = useShopId();
  const list = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const [recent] = useState(() => readRecent(shop));
  const { finds, busy, error } = useFinds(typed);
  const groups = grouped(typed.trim() ? finds : recent);
  const offered = groups.flatMap((group) => group.finds);
  const chosen = offered[Math.min(at, offered.length - 1)];

  const go = (find: Find) => {
    writeRecent(shop, remembered(recent, find));
    onClose();
    void navigate(`/shops/${encodeURIComponent(shop)}/${find.to}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // An input method uses the same keys for itself.
    if (event.nativeEvent.isComposing) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt(stepped(Math.min(at, offered.length - 1), step, offered.length));
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      go(chosen);
    }
  };
  return (
    <div className={styles["palette"]}>
      <Input
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it is opened to be typed into
        autoFocus
        size="large"
        variant="borderless"
        className={styles["input"] ?? ""}
        prefix={<SearchOutlined className="muted" />}
        placeholder={words.find.placeholder}
        aria-label={words.find.title}
        role="combobox"
        aria-expanded={offered.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={chosen && `${list}-${offered.indexOf(chosen)}`}
        value={typed}
        maxLength={200}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {offered.length === 0 ? (
        <div className={styles["found"]} aria-busy={busy}>
          <Nothing typed={typed.trim()} busy={busy} error={error} />
        </div>
      ) : (
        <div id={list} className={styles["found"]} role="listbox" aria-label={words.find.title} aria-busy={busy}>
          {groups.map(({ kind, finds: some }) => (
            <div key={kind} role="group" aria-labelledby={`${list}-${kind}`}>
              <p id={`${list}-${kind}`} className={styles["kind"]}>
                {words.find.kinds[kind]}
              </p>
              {some.map((find) => (
                <Option
                  key={find.key}
                  id={`${list}-${offered.indexOf(find)}`}
                  find={find}
                  q={typed}
                  chosen={find === chosen}
                  onPoint={() => setAt(offered.indexOf(find))}
                  onChoose={() => go(find)}
                />
              ))}
            </div>
          ))}
        </div>
      )}
      <p className={styles["keys"]} aria-hidden="true">
        {words.find.keys}
      </p>
    </div>
  );
}

interface OptionProps {
  id: string;
  find: Find;
  q: string;
  chosen: boolean;
  onPoint: () => void;
  onChoose: () => void;
}

function Option({ id, find, q, chosen, onPoint, onChoose }: OptionProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the input has the focus and its keys
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={chosen}
      className={styles["option"]}
      onMouseMove={onPoint}
      onClick={onChoose}
    >
      <span className={styles["title"]}>
        <Marked text={find.title} q={q} />
      </span>
      {find.more && (
        <small className="muted">
          <Marked text={find.more} q={q} />
        </small>
      )}
    </div>
  );
}

function Marked({ text, q }: { text: string; q: string }) {
  return parts(text, q).map((part, index) =>
    // oxlint-disable-next-line react/no-array-index-key -- a part has no other name than its place
    part.hit ? <mark key={index}>{part.text}</mark> : part.text,
  );
}

function Nothing({ typed, busy, error }: { typed: string; busy: boolean; error: Error | null }) {
  const words = useWords();
  if (typed === "") return <Empty title={words.find.start} hint={words.find.startHint} />;
  if (error) return <Failed error={error} />;
  if (busy) return <Loading rows={3} />;
  return <Empty title={words.find.noMatch(typed)} hint={words.find.noMatchHint} />;
}
