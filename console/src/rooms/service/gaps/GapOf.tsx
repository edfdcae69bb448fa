import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useRead } from "@/api/hooks";
import { Panel } from "@/shell/Panel";
import { Await, Empty } from "@/shell/States";
import { useWords } from "@/words";
import { GapPanel } from "./GapPanel";
import type { Gap } from "./Gaps";

interface GapOfProps {
  conversation: string;
  /** The message by which it was handed over. */
  seq: number;
  onClose: () => void;
}

/** The gap that a message at the desk belongs to, filled without leaving the desk. */
export function GapOf({ conversation, seq, onClose }: GapOfProps) {
  const words = useWords();
  const query = useRead("service.gap_of", { id: conversation, seq });
  // Once it is filled it is no gap any more, while its panel says so and goes.
  const [gap, setGap] = useState<Gap>();
  if (query.data?.gap && !gap) setGap(query.data.gap);
  if (gap && query.data) return <GapPanel gap={gap} days={query.data.days} onClose={onClose} />;
  return (
    <Panel open title={words.gaps.title} onClose={onClose}>
      <Await query={query} rows={4}>
        {({ why }) => (
          <Empty title={words.gaps.noGap} hint={words.gaps.why[why ?? "none"]}>
            <Link to="../answers">
              <Button type="primary">{words.gaps.toAnswers}</Button>
            </Link>
          </Empty>
        )}
      </Await>
    </Panel>
  );
}
