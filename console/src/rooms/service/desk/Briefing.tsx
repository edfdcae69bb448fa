import { App, Button } from "antd";
import { lazy, Suspense, useEffect } from "react";
import type { Got } from "@/api/client";
import { useChange, useRead } from "@/api/hooks";
import { Sources } from "@/rooms/service/Sources";
import { Await } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { About } from "./About";
import styles from "./Conversation.module.css";
import { putIn } from "./drafts";
import { focusWriting } from "./focusing";
import type { Whole } from "./people";
import { SHOWN } from "./useLive";

const Tags = lazy(async () => ({ default: (await import("./Tags")).Tags }));

type Brief = Got<"service.brief">;

interface BriefingProps {
  conversation: Whole;
  mayWork: boolean;
  /** A draft was used: there is no more to see here. */
  onUsed: () => void;
}

/** What a conversation is about, and a reply to it. */
export function Briefing({ conversation, mayWork, onUsed }: BriefingProps) {
  const words = useWords();
  const format = useFormat();
  const { rating } = conversation;
  return (
    <div className={styles["briefing"]}>
      {rating !== null && (
        <p>
          <b>{words.desk.rated(format.count(rating))}</b> {conversation.rating_words}
        </p>
      )}
      {mayWork && <Brief conversation={conversation} onUsed={onUsed} />}
      <About conversation={conversation} />
      {mayWork && (
        <Suspense>
          <Tags conversation={conversation} />
        </Suspense>
      )}
    </div>
  );
}

function Brief({ conversation, onUsed }: Omit<BriefingProps, "mayWork">) {
  const words = useWords();
  const query = useRead("service.brief", { id: conversation.id });
  const { data, refetch } = query;
  // Thinking takes a moment: it is done anew for what was said, and for nothing else that happens.
  const last = conversation.items.findLast(({ author }) => author !== "note")?.seq ?? 0;
  const behind = data !== undefined && data.seq < last ? last : 0;
  useEffect(() => {
    if (behind > 0) void refetch();
  }, [behind, refetch]);
  return (
    <Await query={query} rows={4}>
      {({ summary, draft, seq }) => (
        <>
          <section>
            <h3>{words.desk.need}</h3>
            <ul>
              {summary.need.map((each, place) => (
                // oxlint-disable-next-line react/no-array-index-key -- they have no other name than their place
                <li key={place} className={styles["need"]}>
                  {each || words.desk.image}
                </li>
              ))}
            </ul>
          </section>
          {summary.tried.length > 0 && (
            <section>
              <h3>{words.desk.tried}</h3>
              <ul>
                {summary.tried.map((each) => (
                  <li key={each.seq} className={styles["tried"]}>
                    {each.text}
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section>
            <h3>{words.desk.mood}</h3>
            <p className={styles["mood"]} data-mood={summary.mood}>
              {words.desk.moods[summary.mood]}
            </p>
          </section>
          {summary.next && !conversation.is_answered && (
            <section>
              <h3>{words.desk.next}</h3>
              <p>{summary.next}</p>
            </section>
          )}
          {!conversation.is_answered && (
            <section>
              <h3>{words.desk.draft}</h3>
              {draft ? (
                <Draft
                  conversation={conversation}
                  draft={draft}
                  seq={seq}
                  // What the shopper says meanwhile it does not answer.
                  again={behind > 0 ? refetch : undefined}
                  onUsed={onUsed}
                />
              ) : (
                <p className="muted">{words.desk.noDraft}</p>
              )}
            </section>
          )}
        </>
      )}
    </Await>
  );
}

interface DraftProps {
  conversation: Whole;
  draft: NonNullable<Brief["draft"]>;
  seq: number;
  /** The shopper has written since: drafts another. */
  again: (() => Promise<unknown>) | undefined;
  onUsed: () => void;
}

/** A reply that may be sent as it is, or changed first. */
function Draft({ conversation, draft, seq, again, onUsed }: DraftProps) {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const send = useChange("service.send_message", { shownBy: SHOWN });
  const { id } = conversation;
  const use = () => {
    putIn(id, draft.text);
    onUsed();
    // Once the box has the words.
    requestAnimationFrame(focusWriting);
  };
  const go = () =>
    send.mutate(
      // The draft to one message is one message, however often it is pressed.
      { id, text: draft.text, seen: seq, drafted: seq, client_id: `draft-${seq}` },
      {
        onSuccess: () => {
          void message.success(words.desk.sent);
          onUsed();
        },
        onError: tell,
      },
    );
  return (
    <div className={styles["draft"]}>
      {again && (
        <output className={styles["behind"]}>{words.desk.behind}</output>
      )}
      <p>{draft.text}</p>
      <small className="muted">
        {draft.is_form ? words.desk.draftForm : `${words.ask.confidence} ${format.percent(draft.confidence)}`}
      </small>
      {draft.sources.length > 0 && <Sources sources={draft.sources} />}
      <div className={styles["actions"]}>
        <Button size="small" type="primary" onClick={use} data-use-draft>
          {words.desk.useDraft}
        </Button>
        {again ? (
          <Button size="small" onClick={() => void again()}>
            {words.desk.draftAnew}
          </Button>
        ) : (
          <Button size="small" loading={send.isPending} onClick={go}>
            {words.desk.sendDraft}
          </Button>
        )}
      </div>
    </div>
  );
}
