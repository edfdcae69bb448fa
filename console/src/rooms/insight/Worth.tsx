import { Link } from "react-router";
import { useRead } from "@/api/hooks";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";

/** What the program resolved lately and what that saved, in a line; nothing where there is nothing. */
export function Worth() {
  const words = useWords();
  const format = useFormat();
  const { data } = useRead("insight.value", {});
  const resolved = data?.entries.find(({ key }) => key === "contained")?.count ?? 0;
  if (!data || resolved === 0) return null;
  const { insight } = words;
  const time = data.minutes != null && data.minutes > 0 ? insight.minutes(format.count(Math.round(data.minutes))) : null;
  const saved = data.fen != null && data.fen > 0 ? format.money(data.fen) : time;
  return (
    <p>
      {insight.worth(format.count(resolved))}
      {saved && insight.worthSaved(saved)} · <Link to="../service-report">{insight.worthMore}</Link>
    </p>
  );
}
