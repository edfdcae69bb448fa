import { Button } from "antd";
import { Link } from "react-router";
import { Empty } from "@/shell/States";
import { useWords } from "@/words";

interface NoRecordsProps {
  /** What the list says of itself. */
  say: { noMatch: string; noMatchHint: string; empty: string; emptyHint: string };
  /** Whether the list is narrowed; `clear` takes that back. */
  narrowed: boolean;
  clear: () => void;
}

/** A list of the shop's records without any: nothing fits, or nothing has been brought yet. */
export function NoRecords({ say, narrowed, clear }: NoRecordsProps) {
  const words = useWords();
  return narrowed ? (
    <Empty title={say.noMatch} hint={say.noMatchHint}>
      <Button onClick={clear}>{words.goods.clear}</Button>
    </Empty>
  ) : (
    <Empty title={say.empty} hint={say.emptyHint}>
      <Link to="../import">
        <Button type="primary">{words.goods.bring}</Button>
      </Link>
    </Empty>
  );
}
