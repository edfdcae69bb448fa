import { Button, Input, type GetRef } from "antd";
import { useRef, useState } from "react";
import { useWords } from "@/words";
import { added, changed, moved, removed, split, type Clause } from "./clauses";
import styles from "./clauses.module.css";

const NONE: Clause[] = [];

interface ClauseEditorProps {
  value?: Clause[];
  onChange?: (clauses: Clause[]) => void;
  /** Characters of a clause. */
  longest: number;
  /** Whether clauses stand under headings. */
  headed?: boolean;
  /** The clause to begin with, counted from 1. */
  focus?: number | undefined;
}

/** A list of clauses of which one at a time is open to be written, moved, split or removed. */
export function ClauseEditor({ value = NONE, onChange, longest, headed = false, focus }: ClauseEditorProps) {
  const words = useWords();
  const [open, setOpen] = useState<number | null>(focus == null ? null : (value[focus - 1]?.key ?? null));
  const put = (clauses: Clause[]) => onChange?.(clauses);
  const add = (after: number | null) => {
    const [clauses, key] = added(value, after);
    put(clauses);
    setOpen(key);
  };
  return (
    <div>
      <ol className={styles["clauses"]} aria-label={words.policies.clauses}>
        {value.map((clause, index) => (
          <li key={clause.key}>
            <span className={styles["number"]}>{index + 1}</span>
            {clause.key === open ? (
              <Open
                clause={clause}
                name={words.answers.clause(String(index + 1))}
                longest={longest}
                headed={headed}
                first={index === 0}
                last={index === value.length - 1}
                put={(change) => put(change(value))}
                onAdd={() => add(clause.key)}
              />
            ) : (
              <button type="button" className={styles["closed"]} onClick={() => setOpen(clause.key)}>
                {headed && clause.heading && <small className="muted">{clause.heading}</small>}
                <span>{clause.text || words.policies.blank}</span>
              </button>
            )}
          </li>
        ))}
      </ol>
      <Button size="small" onClick={() => add(null)}>
        {words.policies.addClause}
      </Button>
    </div>
  );
}

interface OpenProps {
  clause: Clause;
  name: string;
  longest: number;
  headed: boolean;
  first: boolean;
  last: boolean;
  put: (change: (clauses: readonly Clause[]) => Clause[]) => void;
  onAdd: () => void;
}

function Open({ clause, name, longest, headed, first, last, put, onAdd }: OpenProps) {
  const words = useWords();
  const area = useRef<GetRef<typeof Input.TextArea>>(null);
  const { key } = clause;
  const cut = () => {
    const caret = area.current?.resizableTextArea?.textArea.selectionStart ?? 0;
    put((all) => split(all, key, caret));
  };
  return (
    <div className={styles["open"]}>
      {headed && (
        <Input
          value={clause.heading}
          maxLength={600}
          aria-label={words.policies.heading}
          placeholder={words.policies.heading}
          onChange={(event) => put((all) => changed(all, key, { heading: event.target.value }))}
        />
      )}
      <Input.TextArea
        ref={area}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was just asked for by a click or a key
        autoFocus
        autoSize={{ minRows: 2, maxRows: 12 }}
        value={clause.text}
        maxLength={longest}
        showCount
        aria-label={name}
        onChange={(event) => put((all) => changed(all, key, { text: event.target.value }))}
      />
      <div className={styles["tools"]}>
        <Button size="small" disabled={first} onClick={() => put((all) => moved(all, key, -1))}>
          {words.policies.up}
        </Button>
        <Button size="small" disabled={last} onClick={() => put((all) => moved(all, key, 1))}>
          {words.policies.down}
        </Button>
        <Button size="small" onClick={cut} title={words.policies.splitHint}>
          {words.policies.split}
        </Button>
        <Button size="small" onClick={onAdd}>
          {words.policies.addBelow}
        </Button>
        <Button size="small" danger onClick={() => put((all) => removed(all, key))}>
          {words.policies.removeClause}
        </Button>
      </div>
    </div>
  );
}
