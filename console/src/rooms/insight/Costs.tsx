import { App, Button, InputNumber } from "antd";
import { useState } from "react";
import type { Got } from "@/api/client";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Await } from "@/shell/States";
import { useAddress } from "@/shell/useAddress";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./ServiceReport.module.css";

/** What is saved against what, in words and numbers, and what an owner says a conversation costs. */
export function Costs() {
  const address = useAddress();
  const [since, until] = [address.get("since"), address.get("until")];
  const query = useRead("insight.value", { ...(since && { since }), ...(until && { until }) });
  return (
    <Await query={query} rows={3}>
      {(found) => (
        <div className={styles["worth"]}>
          <ul className={styles["entries"]}>
            {found.entries.map(({ key, counterfactual }) => (
              <li key={key}>{counterfactual}</li>
            ))}
          </ul>
          <Choice key={JSON.stringify(found.price)} price={found.price} />
        </div>
      )}
    </Await>
  );
}

function Choice({ price }: { price: Got<"insight.value">["price"] }) {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const save = useChange("insight.save_costs");
  const own = price.source === "shop" ? (price.minutes_per_conversation ?? null) : null;
  const [minutes, setMinutes] = useState<number | null>(own);
  const [wage, setWage] = useState<number | null>(
    price.wage_fen_per_hour == null ? null : price.wage_fen_per_hour / 100,
  );
  if (useRole() !== "owner") return null;
  const put = () =>
    save.mutate(
      {
        minutes_per_conversation: minutes,
        wage_fen_per_hour: wage === null ? null : Math.round(wage * 100),
      },
      { onSuccess: () => void message.success(words.insight.saved), onError: tell },
    );
  return (
    <form
      className={styles["costs"]}
      aria-label={words.insight.costs}
      onSubmit={(event) => {
        event.preventDefault();
        put();
      }}
    >
      <label>
        {words.insight.perConversation}
        <InputNumber min={0.1} max={240} step={0.5} value={minutes} onChange={setMinutes} />
      </label>
      <label>
        {words.insight.wage}
        <InputNumber min={0.01} max={100_000} value={wage} onChange={setWage} />
      </label>
      <Button htmlType="submit" loading={save.isPending}>
        {words.common.save}
      </Button>
      {price.source !== "shop" && (
        <p className="muted">
          {price.minutes_per_conversation == null
            ? words.insight.unknown
            : words.insight.learnt(format.count(price.minutes_per_conversation))}
        </p>
      )}
    </form>
  );
}
