import { App, Button } from "antd";
import { useState, type FormEvent } from "react";
import type { Got } from "@/api/client";
import { useChange, useRead, useRole } from "@/api/hooks";
import settings from "@/rooms/base/settings.module.css";
import { Await } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useWords } from "@/words";
import styles from "./Hours.module.css";

/** As the server has it. */
const LARGEST = { idle: 720, days: 3650 };

/** After how long conversations are closed, and what was written in them erased. */
export function Component() {
  const words = useWords();
  const query = useRead("service.settings", {});
  return (
    <section className={settings["panel"]} aria-labelledby="keeping">
      <div className={`card ${settings["box"]}`}>
        <h2 id="keeping">{words.keeping.title}</h2>
        <p className="muted">{words.keeping.lead}</p>
        <Await query={query} rows={2}>
          {(found) => <Choice key={`${found.idle_hours} ${found.retention_days}`} found={found} />}
        </Await>
      </div>
    </section>
  );
}

function Choice({ found }: { found: Got<"service.settings"> }) {
  const words = useWords();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const owner = useRole() === "owner";
  const save = useChange("service.save_keeping");
  const [idle, setIdle] = useState(String(found.idle_hours));
  const [days, setDays] = useState(String(found.retention_days));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { idle_hours: Number(idle), retention_days: Number(days) },
      { onSuccess: () => void message.success(words.keeping.saved), onError: tell },
    );
  };
  const isSame = idle === String(found.idle_hours) && days === String(found.retention_days);
  const field = (label: string, most: number, value: string, change: (value: string) => void) => (
    <label>
      {label}
      <input
        type="number"
        required
        min={1}
        max={most}
        value={value}
        disabled={!owner}
        onChange={(event) => change(event.target.value)}
      />
    </label>
  );
  return (
    <form onSubmit={submit}>
      <div className={styles["times"]}>
        {field(words.keeping.idle, LARGEST.idle, idle, setIdle)}
        {field(words.keeping.days, LARGEST.days, days, setDays)}
      </div>
      {owner ? (
        <Button type="primary" htmlType="submit" disabled={isSame} loading={save.isPending}>
          {words.common.save}
        </Button>
      ) : (
        <p className="muted">{words.hours.ownerOnly}</p>
      )}
    </form>
  );
}
