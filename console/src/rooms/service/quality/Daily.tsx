import { App, Button, InputNumber } from "antd";
import { useState } from "react";
import { useChange, useRole } from "@/api/hooks";
import { useTellProblem } from "@/shell/useProblem";
import { useWords } from "@/words";
import styles from "./Quality.module.css";

/** How many replies of a day are sampled, as an owner chooses it. */
export function Daily({ daily }: { daily: number }) {
  const words = useWords();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const save = useChange("service.save_reviews", { shownBy: ["service.list_reviews"] });
  const [value, setValue] = useState(daily);
  if (useRole() !== "owner") return null;
  const put = () =>
    save.mutate(
      { daily: value },
      { onSuccess: () => void message.success(words.quality.saved), onError: tell },
    );
  return (
    <span className={styles["daily"]} title={words.quality.dailyHint}>
      <label htmlFor="daily">{words.quality.daily}</label>
      <InputNumber
        id="daily"
        size="small"
        min={0}
        max={200}
        value={value}
        onChange={(next) => setValue(next ?? 0)}
      />
      {value !== daily && (
        <Button size="small" type="primary" loading={save.isPending} onClick={put}>
          {words.common.save}
        </Button>
      )}
    </span>
  );
}
