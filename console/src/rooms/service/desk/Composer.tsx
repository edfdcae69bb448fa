import { App, Button, Input } from "antd";
import { lazy, Suspense, useEffect, useId, useRef, useState, type ChangeEvent, type KeyboardEvent } from "react";
import { useChange } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { CommentOutlined, PictureOutlined, SendOutlined } from "@/shell/icons";
import { useTellProblem } from "@/shell/useProblem";
import { useWords } from "@/words";
import styles from "./Conversation.module.css";
import { arrived, draftOf, useDraft, write, type Mode } from "./drafts";
import type { Agent, Whole } from "./people";
import { named, taken, wanted } from "./suggesting";
import { optionId, Suggestions, type Suggestion } from "./Suggestions";
import { SHOWN } from "./useLive";
import { useSendImage } from "./useSendImage";
import { useSuggested } from "./useSuggested";

const Phrases = lazy(async () => ({ default: (await import("./Phrases")).Phrases }));

const MODES: Mode[] = ["reply", "note"];
const LONGEST = 2000;
const MOST_NAMED = 10;

interface ComposerProps {
  conversation: Whole;
  agents: Agent[];
  /** A key was pressed in a reply. */
  onTyped: () => void;
}

/** Where one writes to the shopper, or a note to colleagues. */
export function Composer({ conversation, agents, onTyped }: ComposerProps) {
  const words = useWords();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const { id, state } = conversation;
  const draft = useDraft(id);
  const { mode } = draft;
  const text = draft[mode];
  const send = useChange("service.send_message", { shownBy: SHOWN });
  const note = useChange("service.add_note", { shownBy: SHOWN });
  const image = useSendImage(id);
  const file = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState(0);
  const [refused, setRefused] = useState("");
  const [at, setAt] = useState(0);
  const [isKeeping, setKeeping] = useState(false);
  const list = useId();

  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  /** What was refused stands above the box, or is said elsewhere once another conversation is open. */
  const tellElsewhere = (error: unknown) => {
    if (!isShown.current) tell(error as Error);
  };

  const asked = text === refused ? undefined : wanted(mode, text.slice(0, caret));
  const items = useSuggested(asked?.what, asked?.q ?? "", agents);
  const place = Math.min(at, Math.max(0, items.length - 1));

  const change = (changed: string) => {
    write(id, mode === "note" ? { note: changed } : { reply: changed });
    setAt(0);
    if (mode === "reply" && changed) onTyped();
  };
  const onChange = ({ target }: ChangeEvent<HTMLTextAreaElement>) => {
    setCaret(target.selectionStart);
    change(target.value);
  };
  const choose = (item: Suggestion) => {
    if (asked === undefined) return;
    const after = taken(text, caret, asked, item);
    setCaret(after.caret);
    setRefused(after.text);
    change(after.text);
  };
  const go = () => {
    const said = text.trim();
    if (!said || send.isPending || note.isPending) return;
    if (mode === "note") {
      const mentions = named(agents, said)
        .slice(0, MOST_NAMED)
        .map((agent) => agent.id);
      note
        .mutateAsync({ id, text: said, mentions, client_id: draft.noteId })
        .then(() => draftOf(id).note === text && write(id, { note: "", mode: "reply" }))
        .catch(tellElsewhere);
      return;
    }
    const { clientId } = draft;
    const seen = conversation.items.at(-1)?.seq ?? 0;
    // Not by callbacks of `mutate`: those are lost when another conversation is opened meanwhile.
    send
      .mutateAsync({ id, text: said, seen, client_id: clientId })
      .then(() => arrived(id, clientId))
      .catch(tellElsewhere);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that picks a Chinese word from an input method does not send.
    if (event.nativeEvent.isComposing) return;
    const item = items[place];
    if (asked !== undefined && event.key === "Escape") {
      event.preventDefault();
      setRefused(text);
    } else if (asked !== undefined && item && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      setAt((place + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length);
    } else if (asked !== undefined && item && (event.key === "Enter" || event.key === "Tab")) {
      event.preventDefault();
      choose(item);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      // Whoever looks for a phrase that is not there yet does not mean to send the slash.
      if (asked?.what !== "phrase") go();
    }
  };
  const onFile = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const chosen = target.files?.[0];
    target.value = "";
    if (chosen) {
      image.mutate(chosen, { onSuccess: () => void message.success(words.desk.sent), onError: tell });
    }
  };
  const toShopper = {
    ai: words.desk.writeReplyToProgram,
    closed: words.desk.writeReplyToClosed,
    waiting: words.desk.writeReply,
    person: words.desk.writeReply,
  };
  const hint = mode === "note" ? words.desk.writeNote : toShopper[state];
  return (
    <form
      className={styles["composer"]}
      data-mode={mode}
      data-writing
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <Notice error={mode === "note" ? note.error : send.error} />
      <div className={styles["tools"]}>
        {MODES.map((each) => (
          <button
            key={each}
            type="button"
            className={styles["mode"]}
            aria-pressed={each === mode}
            onClick={() => write(id, { mode: each })}
          >
            {words.desk[each]}
          </button>
        ))}
        {/* A picture goes to the shopper at once, so not while one writes to colleagues. */}
        {mode === "reply" && (
          <Button
            type="text"
            size="small"
            icon={<PictureOutlined />}
            loading={image.isPending}
            aria-label={words.desk.addPicture}
            title={words.desk.addPicture}
            onClick={() => file.current?.click()}
          />
        )}
        {mode === "reply" && (
          <Button
            type="text"
            size="small"
            icon={<CommentOutlined />}
            aria-label={words.desk.keepPhrases}
            title={words.desk.keepPhrases}
            onClick={() => setKeeping(true)}
          />
        )}
        <input
          ref={file}
          type="file"
          accept="image/jpeg,image/png,image/webp"
          hidden
          data-testid="desk-picture"
          onChange={onFile}
        />
        <small className={styles["hint"]}>{words.desk.sendHint}</small>
      </div>
      <div className={styles["line"]}>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 8 }}
          value={text}
          maxLength={LONGEST}
          aria-label={words.desk[mode]}
          aria-controls={items.length > 0 ? list : undefined}
          aria-activedescendant={asked && items.length > 0 ? optionId(list, place) : undefined}
          placeholder={hint}
          onChange={onChange}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
        <Button
          type="primary"
          htmlType="submit"
          icon={<SendOutlined />}
          disabled={!text.trim()}
          loading={send.isPending || note.isPending}
        >
          {mode === "note" ? words.desk.keepNote : words.desk.send}
        </Button>
      </div>
      {asked && (
        <Suggestions
          id={list}
          items={items}
          none={asked.what === "phrase" ? words.desk.noPhrase : words.desk.noColleague}
          at={place}
          onChoose={choose}
        />
      )}
      <Suspense>{isKeeping && <Phrases written={text} onClose={() => setKeeping(false)} />}</Suspense>
    </form>
  );
}
