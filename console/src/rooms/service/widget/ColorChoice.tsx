import { useWords } from "@/words";
import { SWATCHES, USUAL } from "./colors";
import styles from "./widget.module.css";

interface ColorChoiceProps {
  /** Given by the form. */
  id?: string;
  value?: string | null;
  onChange?: (color: string | null) => void;
  disabled: boolean;
}

/** One of a few colours, or one's own. */
export function ColorChoice({ id, value = null, onChange, disabled }: ColorChoiceProps) {
  const words = useWords();
  const isOwn = SWATCHES.every(({ color }) => color !== value);
  return (
    <fieldset id={id} aria-label={words.widget.color} className={styles["colors"]} disabled={disabled}>
      {SWATCHES.map(({ name, color }) => (
        <label key={name} className={styles["swatch"]} title={words.widget.colors[name]}>
          <input
            type="radio"
            name="swatch"
            className="unseen"
            checked={value === color}
            onChange={() => onChange?.(color)}
          />
          <span aria-hidden="true" style={{ background: color ?? USUAL }} />
          <span className="unseen">{words.widget.colors[name]}</span>
        </label>
      ))}
      <label className={styles["own"]} data-chosen={isOwn}>
        <input
          type="color"
          value={value ?? USUAL}
          onChange={(event) => onChange?.(event.target.value)}
        />
        {words.widget.ownColor}
      </label>
    </fieldset>
  );
}
