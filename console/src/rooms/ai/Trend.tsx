import { StackedBars } from "@/shell/StackedBars";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { stacks, type By, type Measure, type Usage } from "./usage";

const LEFT = 68;
const TONES = [0, 1, 2, 3] as const;

/** What each day came to, a bar of its parts for each day. */
export function Trend({ usage, measure, by }: { usage: Usage; measure: Measure; by: By }) {
  const { models } = useWords();
  const format = useFormat();
  const { days, parts, totals } = stacks(usage, measure, by);
  const show = measure === "cost" ? format.cost : format.count;
  const nameOf = (name: string | null) => name ?? models.rest;
  return (
    <StackedBars
      label={models.trendOf(models.measures[measure])}
      days={days}
      parts={parts.map(({ name, values }, place) => ({
        key: name ?? "",
        name: nameOf(name),
        values,
        tone: name === null ? "rest" : (TONES[place] ?? "rest"),
      }))}
      show={show}
      told={(index) => {
        const told = parts
          .filter(({ values }) => values[index])
          .map(({ name, values }) => models.part(nameOf(name), show(values[index] ?? 0)))
          .join(models.and);
        return told && models.dayValue(format.day(days[index] ?? ""), show(totals[index] ?? 0), told);
      }}
      left={LEFT}
    />
  );
}
