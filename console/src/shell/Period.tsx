import { Input, Segmented } from "antd";
import { useWords } from "@/words";
import { today } from "./days";
import styles from "./Period.module.css";
import { Toolbar } from "./Toolbar";
import { useAddress } from "./useAddress";

/** A period that is often looked at; both days are within. */
export interface Span {
  label: string;
  since: string;
  until: string;
}

interface PeriodProps {
  spans: Span[];
  since: string | undefined;
  until: string | undefined;
}

/** Which days are looked at, kept in the address: one of the usual periods, or any. */
export function Period({ spans, since, until }: PeriodProps) {
  const words = useWords();
  const address = useAddress();
  const now = today();
  const chosen = spans.findIndex((span) => span.since === since && span.until === until);
  const choose = (index: number) => {
    const span = spans[index];
    if (span) address.set({ since: span.since, until: span.until });
  };
  return (
    <Toolbar>
      <Segmented<number>
        aria-label={words.period.title}
        value={chosen}
        onChange={choose}
        options={spans.map(({ label }, index) => ({ value: index, label }))}
      />
      <span className={styles["dates"]}>
        <Input
          type="date"
          aria-label={words.period.since}
          value={since ?? ""}
          max={until ?? now}
          onChange={(event) => event.target.value && address.set({ since: event.target.value, until: until ?? now })}
        />
        <Input
          type="date"
          aria-label={words.period.until}
          value={until ?? ""}
          min={since}
          max={now}
          onChange={(event) => event.target.value && address.set({ since: since ?? null, until: event.target.value })}
        />
      </span>
    </Toolbar>
  );
}
