import { App, Button } from "antd";
import { useState, type FormEvent } from "react";
import type { Got } from "@/api/client";
import { useChange, useRead, useRole } from "@/api/hooks";
import settings from "@/rooms/base/settings.module.css";
import { Await } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useWords } from "@/words";
import styles from "./Hours.module.css";

/** When people answer, told to who is handed over at another time. */
export function Component() {
  const words = useWords();
  const query = useRead("service.settings", {});
  return (
    <section className={settings["panel"]} aria-labelledby="hours">
      <div className={`card ${settings["box"]}`}>
        <h2 id="hours">{words.hours.title}</h2>
        <p className="muted">{words.hours.lead}</p>
        <Await query={query} rows={2}>
          {(found) => <Choice key={`${found.opens} ${found.closes} ${found.answer_minutes}`} found={found} />}
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
  const save = useChange("service.save_hours");
  const [opens, setOpens] = useState(found.opens ?? "");
  const [closes, setCloses] = useState(found.closes ?? "");
  const [minutes, setMinutes] = useState(String(found.answer_minutes));
  const put = (from: string | null, until: string | null) =>
    save.mutate(
      { opens: from, closes: until, answer_minutes: Number(minutes) },
      { onSuccess: () => void message.success(words.hours.saved), onError: tell },
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    put(opens || null, closes || null);
  };
  const isSame =
    opens === (found.opens ?? "") && closes === (found.closes ?? "") && minutes === String(found.answer_minutes);
  return (
    <form onSubmit={submit}>
      <div className={styles["times"]}>
        <label>
          {words.hours.opens}
          <input type="time" value={opens} disabled={!owner} onChange={(e) => setOpens(e.target.value)} />
        </label>
        <label>
          {words.hours.closes}
          <input type="time" value={closes} disabled={!owner} onChange={(e) => setCloses(e.target.value)} />
        </label>
        <label>
          {words.hours.minutes}
          <input
            type="number"
            required
            min={1}
            max={1440}
            value={minutes}
            disabled={!owner}
            onChange={(e) => setMinutes(e.target.value)}
          />
        </label>
      </div>
      <p className="muted">
        {found.opens && found.closes
          ? words.hours.told(found.opens, found.closes)
          : words.hours.none}
      </p>
      {owner ? (
        <div className={styles["buttons"]}>
          <Button type="primary" htmlType="submit" disabled={isSame} loading={save.isPending}>
            {words.common.save}
          </Button>
          {found.opens && (
            <Button disabled={save.isPending} onClick={() => put(null, null)}>
              {words.hours.clear}
            </Button>
          )}
        </div>
      ) : (
        <p className="muted">{words.hours.ownerOnly}</p>
      )}
    </form>
  );
}
