import type { Ref } from "react";
import type { Finding } from "./checking";
import { pieces } from "./spans";
import styles from "./compliance.module.css";

interface MarkedProps {
  ref: Ref<HTMLTextAreaElement>;
  label: string;
  placeholder: string;
  text: string;
  /** Characters that fit. */
  most: number;
  findings: readonly Finding[];
  looked: Finding | undefined;
  onWrite: (text: string) => void;
}

/** A field to write in whose text is marked: the marks lie behind it, in the same letters. */
export function Marked({ ref, label, placeholder, text, most, findings, looked, onWrite }: MarkedProps) {
  return (
    <div className={styles["marked"]}>
      <div className={styles["behind"]} aria-hidden="true">
        {pieces(text, findings).map(({ text: part, of }, at) =>
          of ? (
            // oxlint-disable-next-line no-array-index-key -- a piece is its place
            <mark key={at} className={of === looked ? styles["looked"] : ""}>
              {part}
            </mark>
          ) : (
            // oxlint-disable-next-line no-array-index-key -- a piece is its place
            <span key={at}>{part}</span>
          ),
        )}
        {/* An empty last line has no height of its own. */}
        {"\n"}
      </div>
      <textarea
        ref={ref}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        maxLength={most}
        spellCheck={false}
        onChange={(event) => onWrite(event.target.value)}
      />
    </div>
  );
}
