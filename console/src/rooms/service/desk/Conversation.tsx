import { Button } from "antd";
import { lazy, Suspense, useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useNavigate } from "react-router";
import { useRole } from "@/api/hooks";
import { RollbackOutlined } from "@/shell/icons";
import { Panel } from "@/shell/Panel";
import { useMedia, useNarrow } from "@/shell/useMedia";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { Actions } from "./Actions";
import { Briefing } from "./Briefing";
import { Composer } from "./Composer";
import styles from "./Conversation.module.css";
import { useLeadTo } from "./Conversations";
import { focusList } from "./focusing";
import { Said } from "./Said";
import { channelOf, namesOf, othersOf, standing, useMe, whoOf, type Agent, type Message, type Whole } from "./people";
import { useHere } from "./useHere";

const GapOf = lazy(async () => ({ default: (await import("../gaps/GapOf")).GapOf }));
const KeepAnswer = lazy(async () => ({ default: (await import("./KeepAnswer")).KeepAnswer }));

/** Pixels above the end from which on a log follows what comes. */
const NEAR = 80;

interface ConversationProps {
  conversation: Whole;
  agents: Agent[];
  /** The shopper is writing. */
  isWriting: boolean;
}

/** A conversation: what was said, what could be, and what can be done with it. */
export function Conversation({ conversation, agents, isWriting }: ConversationProps) {
  const words = useWords();
  const narrow = useNarrow();
  const wide = useMedia("(min-width: 1101px)");
  const navigate = useNavigate();
  const leadTo = useLeadTo();
  const me = useMe();
  const role = useRole();
  const mayWork = role !== undefined && role !== "viewer";
  const onTyped = useHere(conversation.id, mayWork);
  const [isAside, setAside] = useState(false);
  const [saved, setSaved] = useState<number>();
  const [unknown, setUnknown] = useState<number>();
  const back = () => {
    if (narrow) void navigate(leadTo({ open: "" }));
    else focusList();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing || event.defaultPrevented) return;
    // What opens over it closes by the same key, and is told of here as well.
    if (!event.currentTarget.contains(event.target as Node)) return;
    event.preventDefault();
    back();
  };
  const briefing = <Briefing conversation={conversation} mayWork={mayWork} onUsed={() => setAside(false)} />;
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape anywhere in it leads back
    <div className={styles["whole"]} data-wide={wide} onKeyDown={onKeyDown}>
      <section className={`card ${styles["talk"]}`} aria-label={whoOf(conversation, words)}>
        <header className={styles["head"]}>
          {narrow && (
            <Button type="text" icon={<RollbackOutlined />} aria-label={words.desk.back} onClick={back} />
          )}
          <div className={styles["who"]}>
            <h2>{whoOf(conversation, words)}</h2>
            <small className="muted">
              {standing(conversation, me, words)}
              {conversation.channel !== "widget" && ` · ${words.desk.channel} ${channelOf(conversation, words)}`}
            </small>
          </div>
          <div className={styles["actions"]}>
            {mayWork && <Actions conversation={conversation} agents={agents} />}
            {!wide && (
              <Button size="small" onClick={() => setAside(true)}>
                {words.desk.brief}
              </Button>
            )}
          </div>
        </header>
        <Log
          conversation={conversation}
          onSave={mayWork ? ({ seq }) => setSaved(seq) : undefined}
          onFill={mayWork ? ({ seq }) => setUnknown(seq) : undefined}
        />
        <Presence conversation={conversation} isWriting={isWriting} />
        {(conversation.reach === "off" || conversation.reach === "gone") && (
          <p className={styles["unreached"]}>{words.desk.unreached[conversation.reach]}</p>
        )}
        {mayWork ? (
          <Composer conversation={conversation} agents={agents} onTyped={onTyped} />
        ) : (
          <p className={`muted ${styles["onlyLook"]}`}>{words.desk.onlyLook}</p>
        )}
      </section>
      {wide ? (
        <aside className={`card ${styles["aside"]}`} aria-label={words.desk.briefOpen}>
          {briefing}
        </aside>
      ) : (
        <Panel open={isAside} title={words.desk.briefOpen} onClose={() => setAside(false)}>
          {briefing}
        </Panel>
      )}
      <Suspense>
        {saved !== undefined && (
          <KeepAnswer conversation={conversation.id} seq={saved} onClose={() => setSaved(undefined)} />
        )}
        {unknown !== undefined && (
          <GapOf conversation={conversation.id} seq={unknown} onClose={() => setUnknown(undefined)} />
        )}
      </Suspense>
    </div>
  );
}

interface LogProps {
  conversation: Whole;
  onSave: ((message: Message) => void) | undefined;
  onFill: ((message: Message) => void) | undefined;
}

/** What was said, day by day; it follows what comes for as long as its end is seen. */
function Log({ conversation, onSave, onFill }: LogProps) {
  const words = useWords();
  const format = useFormat();
  const log = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const { items } = conversation;
  const last = items.at(-1)?.seq;
  useEffect(() => {
    if (last !== undefined && follows.current) log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [last]);
  const onScroll = () => {
    const at = log.current;
    if (at) follows.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR;
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keys
    <div ref={log} className={styles["log"]} role="log" aria-label={words.desk.messages} tabIndex={0} onScroll={onScroll}>
      {(items[0]?.seq ?? 1) > 1 && <p className={styles["day"]}>{words.desk.earlier}</p>}
      <ol>
        {items.map((message, place) => {
          const day = format.day(message.at);
          const before = items[place - 1];
          return (
            <li key={message.seq} data-author={message.author}>
              {(!before || format.day(before.at) !== day) && <p className={styles["day"]}>{day}</p>}
              <Said conversation={conversation} message={message} onSave={onSave} onFill={onFill} />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** Who else is there, and who is writing. */
function Presence({ conversation, isWriting }: { conversation: Whole; isWriting: boolean }) {
  const words = useWords();
  const others = othersOf(conversation, useMe());
  const writing = others.filter((other) => other.is_typing);
  const reading = others.filter((other) => !other.is_typing);
  return (
    <p className={styles["presence"]} aria-live="polite">
      {isWriting && <span>{words.desk.shopperTypes}</span>}
      {writing.length > 0 && <b>{words.desk.typing(namesOf(writing, words))}</b>}
      {reading.length > 0 && <b>{words.desk.looking(namesOf(reading, words))}</b>}
    </p>
  );
}
