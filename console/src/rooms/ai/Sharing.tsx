import { App, Segmented, Switch } from "antd";
import type { Given, Got } from "@/api/client";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { Await } from "@/shell/States";
import { useWords } from "@/words";
import models from "./Models.module.css";
import styles from "./Setup.module.css";

type Choice = Got<"ai.sharing">;
const ASKS = ["anywhere", "near", "nowhere"] as const;

/** What of the shop may leave for models, and what happens where it may not. */
export function Sharing() {
  const { sharing } = useWords().seam;
  const query = useRead("ai.sharing", {});
  return (
    <section aria-labelledby="models-sharing">
      <h2 id="models-sharing" className={models["heading"]}>
        {sharing.title}
      </h2>
      <div className="card">
        <Await query={query} rows={3}>
          {(choice) => <Choices choice={choice} />}
        </Await>
      </div>
    </section>
  );
}

function Choices({ choice }: { choice: Choice }) {
  const { sharing } = useWords().seam;
  const { message } = App.useApp();
  const owner = useRole() === "owner";
  const save = useChange("ai.save_sharing", { shownBy: ["ai.sharing"] });
  const put = (sets: keyof Choice, value: Partial<Choice>) => {
    const given: Given<"ai.save_sharing"> = { ...choice, ...value, sets: [sets] };
    save.mutate(given, { onSuccess: () => void message.success(sharing.saved) });
  };
  const shown = save.isPending && save.variables ? { ...choice, ...save.variables } : choice;
  const isShut = shown.asks !== "anywhere";
  return (
    <div className={styles["switches"]}>
      <p className="muted">{sharing.lead}</p>
      <div className={styles["field"]}>
        <span id="sharing-asks">{sharing.asks}</span>
        <div>
          <Segmented<Choice["asks"]>
            aria-labelledby="sharing-asks"
            disabled={!owner || save.isPending}
            value={shown.asks}
            onChange={(asks) => put("asks", { asks })}
            options={ASKS.map((value) => ({ value, label: sharing.choices[value] }))}
          />
        </div>
        <small>{sharing.hints[shown.asks]}</small>
      </div>
      {(["shoppers_words", "pictures"] as const).map((name) => {
        const [label, hint] =
          name === "pictures" ? [sharing.pictures, sharing.picturesHint] : [sharing.words, sharing.wordsHint];
        return (
          <div key={name} className={styles["field"]}>
            <span className={styles["buttons"]}>
              <Switch
                aria-labelledby={`sharing-${name}`}
                disabled={!owner || isShut || save.isPending}
                checked={shown[name] && !isShut}
                onChange={(is) => put(name, { [name]: is })}
              />
              <span id={`sharing-${name}`}>{label}</span>
            </span>
            <small>{hint}</small>
          </div>
        );
      })}
      {!owner && <small>{sharing.owners}</small>}
      <Notice error={save.error} />
    </div>
  );
}
