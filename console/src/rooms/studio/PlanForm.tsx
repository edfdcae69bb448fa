import { Checkbox, Input, InputNumber } from "antd";
import type { ReactNode } from "react";
import { useRead } from "@/api/hooks";
import { Choice } from "@/shell/Choice";
import { Await } from "@/shell/States";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { named } from "./looking";
import { KINDS, type Wanted } from "./plan";
import styles from "./studio.module.css";

interface PlanFormProps {
  wanted: Wanted;
  onChange: (wanted: Wanted) => void;
}

/** What to make, in which styles, how many of each. */
export function PlanForm({ wanted, onChange }: PlanFormProps) {
  const words = useWords();
  const set = (change: Partial<Wanted>) => onChange({ ...wanted, ...change });
  const has = (kind: (typeof KINDS)[number]) => wanted.kinds.includes(kind);
  return (
    <div className={styles["stack"]}>
      <Part title={words.making.kinds}>
        <div className={styles["kinds"]}>
          {KINDS.map((kind) => (
            <Checkbox
              key={kind}
              checked={has(kind)}
              onChange={({ target }) =>
                set({ kinds: KINDS.filter((each) => (each === kind ? target.checked : has(each))) })
              }
            >
              {words.studio.kinds[kind]}
            </Checkbox>
          ))}
        </div>
        {wanted.kinds.length === 0 && <p className={styles["alarm"]}>{words.making.noKinds}</p>}
      </Part>
      {has("scene") && (
        <Part title={words.making.styles}>
          <p className="muted">{words.making.stylesHint}</p>
          <Styles chosen={wanted.styles} onChoose={(chosen) => set({ styles: chosen })} />
        </Part>
      )}
      <Part title={words.making.counts}>
        <div className={styles["fields"]}>
          {has("scene") && wanted.styles.length === 0 && (
            <Figure label={words.making.scenes} most={60} value={wanted.scenes} onChange={(scenes) => set({ scenes })} />
          )}
          {has("scene") && wanted.styles.length > 0 && (
            <Figure
              label={words.making.perStyle}
              most={20}
              value={wanted.perStyle}
              onChange={(perStyle) => set({ perStyle })}
            />
          )}
          {has("poster") && (
            <Figure label={words.making.posters} most={20} value={wanted.posters} onChange={(posters) => set({ posters })} />
          )}
          {has("video") && (
            <div className={styles["field"]}>
              <span>{words.making.video}</span>
              <Choice
                label={words.making.video}
                value={wanted.large ? "large" : "small"}
                names={words.making.videoSizes}
                onChange={(value) => set({ large: value === "large" })}
              />
            </div>
          )}
        </div>
      </Part>
      <Part title={words.making.more}>
        <div className={styles["fields"]}>
          <label className={styles["field"]}>
            <span>{words.making.name}</span>
            <Input
              value={wanted.name}
              maxLength={200}
              placeholder={words.making.namePlaceholder}
              onChange={({ target }) => set({ name: target.value })}
            />
          </label>
          <Figure label={words.making.seed} least={0} value={wanted.seed} onChange={(seed) => set({ seed })} />
        </div>
        <p className="muted">{words.making.seedHint}</p>
        <Checkbox checked={wanted.waits} onChange={({ target }) => set({ waits: target.checked })}>
          {words.making.waits}
        </Checkbox>
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={`card ${styles["padded"]}`} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

interface FigureProps {
  label: string;
  least?: number;
  most?: number;
  value: number;
  onChange: (value: number) => void;
}

function Figure({ label, least = 1, most = Number.MAX_SAFE_INTEGER, value, onChange }: FigureProps) {
  return (
    <label className={styles["field"]}>
      <span>{label}</span>
      <InputNumber
        min={least}
        max={most}
        precision={0}
        value={value}
        onChange={(next) => onChange(next ?? least)}
      />
    </label>
  );
}

/** Styles, each shown by its first stage. */
function Styles({ chosen, onChoose }: { chosen: string[]; onChoose: (chosen: string[]) => void }) {
  const words = useWords();
  const format = useFormat();
  const query = useRead("studio.list_stages", {});
  return (
    <Await query={query}>
      {({ items, styles: names }) =>
        items.length === 0 ? (
          <p className="muted">{words.making.noStages}</p>
        ) : (
          <ul className={styles["plates"]}>
            {names.map((style) => {
              const stages = items.filter((each) => each.style === style);
              const on = chosen.includes(style);
              return (
                <li key={style}>
                  <button
                    type="button"
                    className={`plain ${styles["plate"]}`}
                    aria-pressed={on}
                    onClick={() => onChoose(on ? chosen.filter((each) => each !== style) : [...chosen, style])}
                  >
                    <img src={stages[0]?.small_url} alt="" loading="lazy" />
                    <b>{named(words.studio.styles, style)}</b>
                    <small className="muted">{words.making.stages(format.count(stages.length))}</small>
                  </button>
                </li>
              );
            })}
          </ul>
        )
      }
    </Await>
  );
}
