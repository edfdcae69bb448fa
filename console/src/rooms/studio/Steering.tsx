import { Button, Popconfirm } from "antd";
import type { Item } from "@/api/client";
import { useChange, useRole } from "@/api/hooks";
import { Tag, type Tone } from "@/shell/Tag";
import { useTellProblem } from "@/shell/useProblem";
import { useWords } from "@/words";

type Batch = Pick<Item<"studio.list_batches">, "id" | "state" | "failed">;

const TONES: Record<Batch["state"], Tone> = {
  running: "moving",
  paused: "waiting",
  cancelled: "quiet",
  finished: "done",
};

export function BatchState({ state }: { state: Batch["state"] }) {
  const words = useWords();
  return <Tag tone={TONES[state]}>{words.batches.states[state]}</Tag>;
}

/** What can be done with a batch as it stands. */
export function Steering({ batch }: { batch: Batch }) {
  const words = useWords();
  const tell = useTellProblem();
  const may = useRole() !== "viewer";
  const pause = useChange("studio.pause_batch");
  const resume = useChange("studio.resume_batch");
  const cancel = useChange("studio.cancel_batch");
  const retry = useChange("studio.retry_items");
  const given = { batch_id: batch.id };
  if (!may) return null;
  return (
    <>
      {batch.state === "running" && (
        <Button loading={pause.isPending} onClick={() => pause.mutate(given, { onError: tell })}>
          {words.batches.pause}
        </Button>
      )}
      {batch.state === "paused" && (
        <Button type="primary" loading={resume.isPending} onClick={() => resume.mutate(given, { onError: tell })}>
          {words.batches.resume}
        </Button>
      )}
      {batch.failed > 0 && (
        <Button
          loading={retry.isPending}
          onClick={() => retry.mutate({ ...given, item_ids: [] }, { onError: tell })}
        >
          {words.batches.retry}
        </Button>
      )}
      {(batch.state === "running" || batch.state === "paused") && (
        <Popconfirm
          title={words.batches.cancelAsk}
          description={words.batches.cancelHint}
          okText={words.batches.cancel}
          cancelText={words.batches.keep}
          onConfirm={() => cancel.mutate(given, { onError: tell })}
        >
          <Button danger loading={cancel.isPending}>
            {words.batches.cancel}
          </Button>
        </Popconfirm>
      )}
    </>
  );
}
