import { App, Button, Input } from "antd";
import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from "react";
import type { Given, Got } from "@/api/client";
import { useChange, useSession } from "@/api/hooks";
import { CopyOutlined, ReloadOutlined } from "@/shell/icons";
import { Notice } from "@/shell/Notice";
import { Page } from "@/shell/Page";
import { useAddress } from "@/shell/useAddress";
import { useShopId } from "@/shell/useShopId";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { Context } from "../Context";
import { Sources } from "../Sources";
import styles from "./Assist.module.css";
import { copied, joined, questionOf, shopperOf, turnsOf, type Turn } from "./talk";
import { forget, remember, talkOf } from "./talks";

/** As the server has it. */
const LONGEST = 2000;
const LONGEST_PASTED = 20_000;

/** A draft for a shopper who writes elsewhere: their words are pasted, the reply is copied. */
export function Component() {
  const words = useWords();
  const { message } = App.useApp();
  const address = useAddress();
  const shop = useShopId();
  const shopName = useSession().data?.shops.find(({ id }) => id === shop)?.name ?? "";
  const ask = useChange("service.assist", { shownBy: [] });
  const [pasted, setPasted] = useState("");
  const [nick, setNick] = useState("");
  const [asked, setAsked] = useState<{ nick: string; turns: Turn[] }>();
  const [reply, setReply] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.focus(), []);

  const put = (text: string, nicked = nick) => {
    const said = copied(text);
    if (said.length === 0 || ask.isPending) return;
    const who = shopperOf(said, shopName) || nicked;
    const turns = joined(talkOf(who), turnsOf(said.map((each) => ({ ...each, nick: each.nick || who })), who));
    const question = questionOf(turns);
    if (!question) return void message.info(words.assist.onlyShop);
    setNick(who);
    setAsked({ nick: who, turns });
    setReply("");
    const given: Given<"service.assist"> = {
      text: question.text.slice(-LONGEST),
      turns: question.before.slice(-40).map(({ role, text: turn }) => ({ role, text: turn.slice(0, LONGEST) })),
      buyer: who || address.get("buyer") || null,
      order_id: address.get("order") || null,
      product_id: address.get("product") || null,
    };
    ask.mutate(given, {
      onSuccess: (answer) => {
        remember(who, turns);
        setReply(answer.draft?.text ?? "");
        draft.current?.scrollIntoView({ block: "nearest" });
      },
    });
  };
  const take = async () => {
    const text = reply.trim();
    if (!text || !asked) return;
    if (!(await copy(text))) return void message.warning(words.assist.notCopied);
    void message.success(words.assist.copied);
    remember(asked.nick, joined(asked.turns, [{ role: "shop", text }]));
    setPasted("");
    field.current?.focus();
  };
  const startAnew = () => {
    forget(nick);
    for (const clear of [setPasted, setNick, setReply]) clear("");
    setAsked(undefined);
    ask.reset();
    field.current?.focus();
  };
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const text = event.clipboardData.getData("text/plain");
    // What is pasted among other words is being put together still.
    if (text.trim() === "" || pasted.trim() !== "") return;
    event.preventDefault();
    setPasted(text.slice(0, LONGEST_PASTED));
    put(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void take();
    }
  };
  const onFieldKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    put(pasted);
  };
  return (
    <Page
      title={words.assist.title}
      actions={
        <Button size="small" icon={<ReloadOutlined />} onClick={startAnew}>
          {words.assist.anew}
        </Button>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- one key copies, wherever the focus is */}
      <div className={styles["assist"]} onKeyDown={onKeyDown}>
        <section className={`card ${styles["box"]}`}>
          <label htmlFor="assist-nick">{words.assist.nick}</label>
          <Input id="assist-nick" value={nick} maxLength={200} onChange={({ target }) => setNick(target.value)} />
          <label htmlFor="assist-pasted">{words.assist.pasted}</label>
          <Input.TextArea
            id="assist-pasted"
            ref={(found) => {
              field.current = found?.resizableTextArea?.textArea ?? null;
            }}
            autoSize={{ minRows: 3, maxRows: 9 }}
            maxLength={LONGEST_PASTED}
            value={pasted}
            placeholder={words.assist.pasteHint}
            onChange={({ target }) => setPasted(target.value)}
            onPaste={onPaste}
            onKeyDown={onFieldKey}
          />
          <Button type="primary" disabled={!pasted.trim()} loading={ask.isPending} onClick={() => put(pasted)}>
            {words.assist.draft}
          </Button>
        </section>
        <div ref={draft} aria-live="polite">
          <Notice error={ask.error} />
          {ask.data && asked && (
            <Draft answer={ask.data} turns={asked.turns} reply={reply} onChange={setReply} onCopy={() => void take()} />
          )}
        </div>
        <Context />
        <p className="muted">{words.assist.kept}</p>
      </div>
    </Page>
  );
}

interface DraftProps {
  answer: Got<"service.assist">;
  turns: Turn[];
  reply: string;
  onChange: (reply: string) => void;
  onCopy: () => void;
}

function Draft({ answer, turns, reply, onChange, onCopy }: DraftProps) {
  const words = useWords();
  const format = useFormat();
  const { draft, decision } = answer;
  const earlier = questionOf(turns)?.before.length ?? 0;
  return (
    <section className={`card ${styles["box"]}`} aria-label={words.desk.draft}>
      <p>
        <b title={words.ask.decisionHints[decision]}>{words.assist.decisions[decision]}</b>{" "}
        <span className="muted">
          {[
            draft && !draft.is_form && `${words.ask.confidence} ${format.percent(draft.confidence)}`,
            draft?.is_form && words.desk.draftForm,
            earlier > 0 && words.assist.turns(format.count(earlier)),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </p>
      {answer.reason && <p className="muted">{answer.reason}</p>}
      {!draft && <p>{words.desk.noDraft}</p>}
      <Input.TextArea
        aria-label={words.assist.reply}
        autoSize={{ minRows: 2, maxRows: 10 }}
        value={reply}
        maxLength={LONGEST}
        onChange={({ target }) => onChange(target.value)}
      />
      <Button type="primary" icon={<CopyOutlined />} disabled={!reply.trim()} onClick={onCopy}>
        {words.assist.copy}
      </Button>
      {draft && draft.sources.length > 0 && <Sources sources={draft.sources} open />}
    </section>
  );
}

/** Whether the text could be put on the clipboard. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // A page that came over plain http has no clipboard.
  }
}
