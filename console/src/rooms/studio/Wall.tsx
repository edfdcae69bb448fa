import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type Ref } from "react";
import type { Rows } from "@/api/rows";
import { FileAddOutlined, RocketOutlined } from "@/shell/icons";
import { useWindow } from "@/shell/useWindow";
import { Tag, type Tone } from "@/shell/Tag";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import type { Work } from "./Works";
import styles from "./studio.module.css";

const LEAST_PX = 172;
const GAP_PX = 12;
const CAPTION_PX = 56;

const TONES: Record<Work["state"], Tone> = { fresh: "waiting", approved: "done", rejected: "alarm" };

interface WallProps {
  rows: Rows<Work>;
  total: number;
  chosen: ReadonlyMap<string, Work>;
  onChoose: (chosen: ReadonlyMap<string, Work>) => void;
  onOpen: (work: Work) => void;
  onApprove: (works: readonly Work[]) => void;
  onReject: (works: readonly Work[]) => void;
}

/** A grid of any length, of which what is near is made; walked, judged and opened by keys. */
export function Wall({ rows, total, chosen, onChoose, onOpen, onApprove, onReject }: WallProps) {
  const words = useWords();
  const format = useFormat();
  const { measure, columns, side } = useColumns();
  const height = side + CAPTION_PX + GAP_PX;
  const lines = Math.ceil(total / columns);
  const { place, shown } = useWindow(lines, height);
  const [at, setAt] = useState(0);
  const { show } = rows;
  const first = shown.first * columns;
  const end = Math.min(total, shown.end * columns);
  useEffect(() => show({ first, end }), [show, first, end]);

  const go = (to: number) => {
    const next = Math.max(0, Math.min(total - 1, to));
    setAt(next);
    place.current?.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus();
  };
  const toggle = (work: Work) => {
    const next = new Map(chosen);
    if (!next.delete(work.id)) next.set(work.id, work);
    onChoose(next);
  };
  const judged = (work: Work) => (chosen.size > 0 ? [...chosen.values()] : [work]);
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    const step = steps[event.key];
    const work = rows.at(at);
    if (step !== undefined) go(at + step);
    else if (event.key === "Home") go(0);
    else if (event.key === "Escape") onChoose(new Map());
    else if (!work) return;
    else if (event.key === "Enter") onOpen(work);
    else if (event.key === " ") toggle(work);
    else if (event.key === "a" || event.key === "A") {
      onApprove(judged(work));
      if (chosen.size === 0) go(at + 1);
    } else if (event.key === "r" || event.key === "R") onReject(judged(work));
    else return;
    event.preventDefault();
  };
  const click = (event: MouseEvent, number: number, work: Work) => {
    setAt(number);
    const onMark = event.target instanceof Element && event.target.closest("[data-mark]") !== null;
    if (onMark || event.shiftKey || event.ctrlKey || event.metaKey) toggle(work);
    else onOpen(work);
  };
  return (
    <div ref={measure}>
      <p className={`muted ${styles["line"]}`}>
        <span>{words.works.count(format.count(total))}</span>
        <span className={styles["keys"]}>{words.works.keys}</span>
      </p>
      <div
        ref={place as Ref<HTMLDivElement>}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select holds no pictures
        role="listbox"
        tabIndex={-1}
        aria-multiselectable="true"
        aria-label={words.works.title}
        aria-busy={rows.isBusy}
        className={`${styles["wall"]} ${rows.isOld ? styles["stale"] : ""}`}
        style={{ height: lines * height }}
        onKeyDown={press}
      >
        {Array.from({ length: end - first }, (_, index) => {
          const number = first + index;
          const work = rows.at(number);
          const position = {
            left: (number % columns) * (side + GAP_PX),
            top: Math.floor(number / columns) * height,
            width: side,
            height: height - GAP_PX,
          };
          if (!work) return <span key={number} className={styles["coming"]} style={position} aria-hidden="true" />;
          return (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the list hears the keys
            <div
              key={number}
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as its list
              role="option"
              data-at={number}
              tabIndex={number === at ? 0 : -1}
              aria-selected={chosen.has(work.id)}
              className={styles["work"]}
              style={position}
              onClick={(event) => click(event, number, work)}
              onFocus={() => setAt(number)}
            >
              <span className={styles["shot"]} style={{ height: side }}>
                <Thumb work={work} />
                <i data-mark="" className={styles["mark"]} />
              </span>
              <span className={styles["caption"]}>
                <b>{work.title}</b>
                <span>
                  <small className="muted">
                    {words.studio.kinds[work.kind]}
                    {work.version > 1 && ` · ${words.works.version(format.count(work.version))}`}
                  </small>
                  <Tag tone={TONES[work.state]}>
                    {work.published_at ? words.works.published : words.works.states[work.state]}
                  </Tag>
                </span>
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Thumb({ work }: { work: Work }) {
  if (work.small_url) return <img src={work.small_url} alt="" loading="lazy" />;
  return (
    <span className={styles["file"]}>
      {work.kind === "video" ? <RocketOutlined /> : <FileAddOutlined />}
      <small>{work.name}</small>
    </span>
  );
}

/** As many columns as have room, and how wide each is. */
function useColumns() {
  const measure = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(() => Math.min(1000, globalThis.innerWidth ?? 1000) - 32);
  useEffect(() => {
    const element = measure.current;
    if (!element) return undefined;
    const watcher = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  const columns = Math.max(2, Math.floor((width + GAP_PX) / (LEAST_PX + GAP_PX)));
  return { measure, columns, side: Math.floor((width - GAP_PX * (columns - 1)) / columns) };
}
