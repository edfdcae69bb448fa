/* oxlint-disable jsx-a11y/prefer-tag-over-role -- no tag is a list that is walked while the keyboard stays in a text */
import { useEffect } from "react";
import { useWords } from "@/words";
import styles from "./Conversation.module.css";

export interface Suggestion {
  id: string;
  title: string;
  text: string;
}

interface SuggestionsProps {
  id: string;
  items: Suggestion[];
  /** What is said where there are none. */
  none: string;
  /** The one that Enter chooses. */
  at: number;
  onChoose: (item: Suggestion) => void;
}

/** What could be put in where one is writing. The focus stays in the text; keys are heard there. */
export function Suggestions({ id, items, none, at, onChoose }: SuggestionsProps) {
  const words = useWords();
  useEffect(() => {
    document.getElementById(optionId(id, at))?.scrollIntoView({ block: "nearest" });
  }, [id, at]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keys
    <div className={styles["suggestions"]} tabIndex={0}>
      {items.length === 0 ? (
        <p className="muted">{none}</p>
      ) : (
        <div id={id} role="listbox" aria-label={words.desk.phrases}>
          {items.map((item, place) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the text has the focus and its keys
            <div
              key={item.id}
              id={optionId(id, place)}
              role="option"
              aria-selected={place === at}
              className={styles["suggestion"]}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(item)}
            >
              <b>{item.title}</b>
              {item.text && <span>{item.text}</span>}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

export function optionId(id: string, place: number): string {
  return `${id}-${place}`;
}
