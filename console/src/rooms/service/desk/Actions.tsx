import { App, Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useChange } from "@/api/hooks";
import { useNarrow } from "@/shell/useMedia";
import { useTellProblem } from "@/shell/useProblem";
import { useWords } from "@/words";
import { useMe, type Agent, type Whole } from "./people";
import { focusList, focusWriting } from "./focusing";
import { SHOWN } from "./useLive";

const HandOn = lazy(async () => ({ default: (await import("./HandOn")).HandOn }));

interface ActionsProps {
  conversation: Whole;
  agents: Agent[];
}

/** Whose a conversation is to be. */
export function Actions({ conversation, agents }: ActionsProps) {
  const words = useWords();
  const tell = useTellProblem();
  const narrow = useNarrow();
  const { message } = App.useApp();
  const take = useChange("service.take_conversation", { shownBy: SHOWN });
  const resume = useChange("service.resume_conversation", { shownBy: SHOWN });
  const close = useChange("service.close_conversation", { shownBy: SHOWN });
  const [isHanding, setHanding] = useState(false);
  const isMine = useMe() === conversation.assignee?.id;
  const { id, state } = conversation;
  if (state === "closed") return null;
  const go = (action: typeof take | typeof resume | typeof close, said: string) =>
    action.mutate(
      { id },
      {
        onSuccess: () => {
          void message.success(said);
          // The button that was pressed goes, and keys would be pressed nowhere.
          if (narrow) return;
          if (action === take) focusWriting();
          else focusList();
        },
        onError: tell,
      },
    );
  return (
    <>
      {!isMine && (
        <Button size="small" type="primary" loading={take.isPending} onClick={() => go(take, words.desk.taken)}>
          {words.desk.take}
        </Button>
      )}
      <Button size="small" onClick={() => setHanding(true)}>
        {words.desk.transfer}
      </Button>
      {state !== "ai" && (
        <Button size="small" loading={resume.isPending} onClick={() => go(resume, words.desk.resumed)}>
          {words.desk.resume}
        </Button>
      )}
      <Button size="small" loading={close.isPending} onClick={() => go(close, words.desk.closed)}>
        {words.desk.close}
      </Button>
      <Suspense>
        {isHanding && <HandOn id={id} agents={agents} onClose={() => setHanding(false)} />}
      </Suspense>
    </>
  );
}
