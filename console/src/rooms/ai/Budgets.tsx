import { App, Button, InputNumber } from "antd";
import { useState } from "react";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { Await } from "@/shell/States";
import { Tag } from "@/shell/Tag";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Models.module.css";
import type { Usage } from "./usage";

type Budget = Usage["budgets"][number];

const MICRO_OF_FEN = 10_000;
const MOST = { daily: 1_000_000, monthly: 30_000_000 };

/** What the shop and each room may spend on models, and how much of it they have. */
export function Budgets() {
  const { models } = useWords();
  const query = useRead("ai.usage", {});
  return (
    <section aria-labelledby="models-budgets">
      <h2 id="models-budgets" className={styles["heading"]}>
        {models.budgets}
      </h2>
      <div className="card">
        <Await query={query} rows={3}>
          {({ budgets }) => (
            <ul className={styles["lines"]} aria-labelledby="models-budgets">
              {budgets.map((budget) => (
                <Line key={budget.room} budget={budget} />
              ))}
            </ul>
          )}
        </Await>
      </div>
      <p className={styles["note"]}>{models.budgetsHint}</p>
    </section>
  );
}

function Line({ budget }: { budget: Budget }) {
  const { models } = useWords();
  const owner = useRole() === "owner";
  const [editing, setEditing] = useState(false);
  // What may never be spent does not come back tomorrow.
  const state = budget.daily_fen === 0 || budget.monthly_fen === 0 ? "nothing" : budget.spent;
  return (
    <li>
      <div className={styles["line"]}>
        <span className={styles["grow"]}>
          <b>{budget.name}</b> {state && <Tag tone="alarm">{models.spentUp[state]}</Tag>}
          {state && <small className={styles["trouble"]}>{models.spentHint[state]}</small>}
        </span>
        <Against name={models.today} micro={budget.today_micro} fen={budget.daily_fen} />
        <Against name={models.thisMonth} micro={budget.month_micro} fen={budget.monthly_fen} />
        {owner && (
          <Button aria-label={models.changeOf(budget.name)} aria-expanded={editing} onClick={() => setEditing(!editing)}>
            {models.change}
          </Button>
        )}
      </div>
      {editing && <Form budget={budget} onDone={() => setEditing(false)} />}
    </li>
  );
}

/** What was spent beside what may be, as figures and as a bar. */
function Against({ name, micro, fen }: { name: string; micro: number; fen: number | null }) {
  const { models } = useWords();
  const format = useFormat();
  const most = fen === null ? null : fen * MICRO_OF_FEN;
  const share = most === null ? 0 : most === 0 ? 1 : Math.min(1, micro / most);
  return (
    <span className={styles["against"]}>
      <span className="muted">{name}</span>{" "}
      {models.ofBudget(format.cost(micro), fen === null ? models.unlimited : format.money(fen))}
      {most !== null && (
        <span className={styles["reach"]} data-full={share >= 1} aria-hidden="true">
          <i style={{ width: `${share * 100}%` }} />
        </span>
      )}
    </span>
  );
}

function Form({ budget, onDone }: { budget: Budget; onDone: () => void }) {
  const words = useWords();
  const { models } = words;
  const { message } = App.useApp();
  const save = useChange("ai.save_budget", { shownBy: ["ai.usage"] });
  const [daily, setDaily] = useState(yuanOf(budget.daily_fen));
  const [monthly, setMonthly] = useState(yuanOf(budget.monthly_fen));
  // What is no amount would be taken for the nearest one that is, without a word.
  const [typed, setTyped] = useState("");
  const isAmount = /^\s*\d*(\.\d{0,2})?\s*$/.test(typed);
  const put = () =>
    save.mutate(
      { room: budget.room, daily_fen: fenOf(daily), monthly_fen: fenOf(monthly) },
      {
        onSuccess: () => {
          void message.success(models.saved);
          onDone();
        },
      },
    );
  return (
    <form
      className={styles["form"]}
      aria-label={models.changeOf(budget.name)}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isAmount) return;
        put();
      }}
    >
      <label>
        {models.daily}
        <InputNumber min={0} max={MOST.daily} precision={2} value={daily} onChange={setDaily} onInput={setTyped} />
      </label>
      <label>
        {models.monthly}
        <InputNumber min={0} max={MOST.monthly} precision={2} value={monthly} onChange={setMonthly} onInput={setTyped} />
      </label>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {words.common.save}
      </Button>
      <Button onClick={onDone}>{words.common.cancel}</Button>
      <p className="muted">{models.blank}</p>
      {!isAmount && <p role="alert">{models.noAmount}</p>}
      <Notice error={save.error} />
    </form>
  );
}

function yuanOf(fen: number | null): number | null {
  return fen === null ? null : fen / 100;
}

function fenOf(yuan: number | null): number | null {
  return yuan === null ? null : Math.round(yuan * 100);
}
