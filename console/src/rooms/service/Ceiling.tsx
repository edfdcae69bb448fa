import { App, Button, Radio } from "antd";
import { useState } from "react";
import type { Got } from "@/api/client";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Await } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Ask.module.css";

type Settings = Got<"service.settings">;

/** How many answers may be wrong: the merchant's choice between fewer mistakes and more answers. */
export function Ceiling() {
  const words = useWords();
  const query = useRead("service.settings", {});
  return (
    <section className={styles["ceiling"]} aria-labelledby="ask-ceiling">
      <h2 id="ask-ceiling">{words.ask.ceiling}</h2>
      <Await query={query} rows={2}>
        {(settings) => <Choice settings={settings} />}
      </Await>
    </section>
  );
}

function Choice({ settings }: { settings: Settings }) {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const owner = useRole() === "owner";
  const save = useChange("service.save_settings");
  const [moved, setMoved] = useState<number>();
  const chosen = moved ?? settings.ceiling;
  const put = () =>
    save.mutate(
      { ceiling: chosen },
      {
        onSuccess: () => {
          setMoved(undefined);
          void message.success(words.ask.ceilingSaved);
        },
        onError: tell,
      },
    );
  return (
    <>
      <Radio.Group
        aria-labelledby="ask-ceiling"
        optionType="button"
        size="small"
        value={chosen}
        disabled={!owner || save.isPending}
        options={settings.choices.map((share) => ({ value: share, label: format.percent(share) }))}
        onChange={(event) => setMoved(event.target.value as number)}
      />
      <p>{words.ask.ceilingMeans(format.count(Math.round(chosen * 100)))}</p>
      <p className="muted">{words.ask.ceilingHint}</p>
      {owner ? (
        <Button
          type="primary"
          size="small"
          disabled={chosen === settings.ceiling}
          loading={save.isPending}
          onClick={put}
        >
          {words.common.save}
        </Button>
      ) : (
        <p className="muted">{words.ask.ceilingOwner}</p>
      )}
    </>
  );
}
