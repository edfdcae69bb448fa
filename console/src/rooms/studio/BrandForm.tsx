import { App, Button, Input, Segmented } from "antd";
import { useState, type CSSProperties } from "react";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { Await } from "@/shell/States";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./studio.module.css";

const MOST_COLOURS = 6;
const NEXT_COLOUR = "#c8102e";

interface Kit {
  name?: string | null;
  logo?: string | null;
  colours?: string[];
  display?: "sans" | "serif" | null;
  tone?: "plain" | "warm" | "premium" | "lively";
}

/** The shop's brand kit beside what it makes of a poster. */
export function BrandForm() {
  const query = useRead("studio.get_brand", {});
  return <Await query={query}>{({ kit }) => <Form saved={kit as Kit} />}</Await>;
}

function Form({ saved }: { saved: Kit }) {
  const words = useWords();
  const format = useFormat();
  const { message } = App.useApp();
  const may = useRole() !== "viewer";
  const save = useChange("studio.save_brand");
  const [kit, setKit] = useState(saved);
  const colours = kit.colours ?? [];
  const set = (change: Kit) => setKit((before) => ({ ...before, ...change }));
  return (
    <div className={styles["sides"]}>
      <section className={`card ${styles["padded"]} ${styles["form"]}`} aria-label={words.kit.brand}>
        <Notice error={save.error} />
        <label className={styles["field"]}>
          <span>{words.kit.name}</span>
          <Input value={kit.name ?? ""} maxLength={60} onChange={({ target }) => set({ name: target.value || null })} />
        </label>
        <div className={styles["field"]}>
          <span>{words.kit.colours}</span>
          <div className={styles["colours"]}>
            {colours.map((colour, index) => {
              const number = format.count(index + 1);
              return (
                // oxlint-disable-next-line react/no-array-index-key -- a colour is its place
                <span key={index}>
                  <input
                    type="color"
                    aria-label={words.kit.colour(number)}
                    value={colour}
                    onChange={({ target }) => set({ colours: colours.with(index, target.value) })}
                  />
                  <Button
                    size="small"
                    type="text"
                    aria-label={words.kit.removeColour(number)}
                    onClick={() => set({ colours: colours.filter((_, at) => at !== index) })}
                  >
                    ×
                  </Button>
                </span>
              );
            })}
            {colours.length < MOST_COLOURS && (
              <Button size="small" onClick={() => set({ colours: [...colours, NEXT_COLOUR] })}>
                {words.kit.addColour}
              </Button>
            )}
          </div>
          <small className="muted">{words.kit.coloursHint}</small>
        </div>
        <div className={styles["field"]}>
          <span>{words.kit.display}</span>
          <Segmented
            value={kit.display ?? "auto"}
            onChange={(value) => set({ display: value === "sans" || value === "serif" ? value : null })}
            options={(["auto", "sans", "serif"] as const).map((each) => ({
              value: each,
              label: words.kit.displays[each],
            }))}
          />
        </div>
        <div className={styles["field"]}>
          <span>{words.kit.tone}</span>
          <Segmented
            value={kit.tone ?? "plain"}
            onChange={(tone) => set({ tone })}
            options={(["plain", "warm", "premium", "lively"] as const).map((each) => ({
              value: each,
              label: words.kit.tones[each],
            }))}
          />
        </div>
        <div>
          <Button
            type="primary"
            disabled={!may}
            loading={save.isPending}
            onClick={() =>
              save.mutate({ kit: { ...kit } }, { onSuccess: () => void message.success(words.kit.saved) })
            }
          >
            {words.kit.save}
          </Button>
        </div>
      </section>
      <figure className={styles["sample"]} style={look(kit)} aria-label={words.kit.preview}>
        <small>{kit.name}</small>
        <b>{words.kit.previewTitle}</b>
        <span>{words.kit.previewLine}</span>
        <em>{words.kit.previewPrice}</em>
      </figure>
    </div>
  );
}

function look({ colours = [], display }: Kit): CSSProperties {
  const main = colours[0] ?? "#1e5b4e";
  return {
    "--main": main,
    "--second": colours[1] ?? main,
    "--letters": isLight(main) ? "#1d1d1b" : "#ffffff",
    fontFamily: display === "serif" ? "var(--serif)" : "var(--sans)",
  } as CSSProperties;
}

/** Whether dark letters stand out better on a colour, by its relative luminance. */
function isLight(hex: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => (Number.parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18;
}
