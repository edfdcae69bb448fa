import { Input, Segmented } from "antd";
import { Toolbar } from "@/shell/Toolbar";
import { useAddress } from "@/shell/useAddress";
import { useWords } from "@/words";
import styles from "./ServiceReport.module.css";
import { daysBack, today } from "./days";

const LENGTHS = { today: 1, week: 7, month: 30 } as const;
type Length = keyof typeof LENGTHS;

/** Which days are looked at: a usual number of them up to today, or any. */
export function Period({ since, until }: { since: string | undefined; until: string | undefined }) {
  const words = useWords();
  const address = useAddress();
  const now = today();
  const lengths = Object.keys(LENGTHS) as Length[];
  const chosen =
    until === now ? lengths.find((length) => since === daysBack(now, LENGTHS[length] - 1)) : undefined;
  const choose = (length: Length) => address.set({ since: daysBack(now, LENGTHS[length] - 1), until: now });
  return (
    <Toolbar>
      <Segmented<string>
        aria-label={words.insight.period}
        value={chosen ?? ""}
        onChange={(length) => choose(length as Length)}
        options={lengths.map((length) => ({ value: length, label: words.insight.days[length] }))}
      />
      <span className={styles["dates"]}>
        <Input
          type="date"
          aria-label={words.insight.since}
          value={since ?? ""}
          max={until ?? now}
          onChange={(event) => event.target.value && address.set({ since: event.target.value, until: until ?? now })}
        />
        <Input
          type="date"
          aria-label={words.insight.until}
          value={until ?? ""}
          min={since}
          max={now}
          onChange={(event) => event.target.value && address.set({ since: since ?? null, until: event.target.value })}
        />
      </span>
    </Toolbar>
  );
}
