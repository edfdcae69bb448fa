import { Button } from "antd";
import { Link } from "react-router";
import { kind } from "@/rooms/service/Sources";
import { useShopId } from "@/shell/useShopId";
import { useFormat } from "@/words/format";
import { useWords, type Words } from "@/words";
import styles from "./Conversation.module.css";
import { nameOf, whoOf, type Message, type Whole } from "./people";
import { imageAt } from "./useSendImage";

interface SaidProps {
  conversation: Whole;
  message: Message;
  /** Keeps a person's answer for the next shopper. */
  onSave: ((message: Message) => void) | undefined;
  /** Has what the program did not know answered from now on. */
  onFill: ((message: Message) => void) | undefined;
}

/** One message: whose, what it says and shows, and how the program came to it. */
export function Said({ conversation, message, onSave, onFill }: SaidProps) {
  const words = useWords();
  const format = useFormat();
  const shop = useShopId();
  const name = authorOf(conversation, message, words);
  return (
    <article className={styles["said"]}>
      <p className={styles["by"]}>
        {name} <time dateTime={message.at}>{format.hour(message.at)}</time>
      </p>
      {(message.text === null || message.text) && (
        <p className={styles["text"]}>{message.text ?? <i>{words.desk.erased}</i>}</p>
      )}
      {message.images.map((image) => {
        const at = imageAt(shop, conversation.id, image.name);
        return (
          <a key={image.name} href={at} target="_blank" rel="noreferrer" className={styles["image"]}>
            <img
              src={at}
              width={image.width}
              height={image.height}
              alt={words.desk.picture(name)}
              loading="lazy"
            />
          </a>
        );
      })}
      {message.undelivered && (
        <p className={styles["undelivered"]}>{words.desk.undelivered(message.undelivered)}</p>
      )}
      {message.decision && <How message={message} decision={message.decision} />}
      {message.work_item_id && (
        <Link className={styles["more"]} to={`../work?${new URLSearchParams({ item: message.work_item_id })}`}>
          {words.desk.workItem}
        </Link>
      )}
      {onFill && isUnknown(message) && (
        <Button type="link" size="small" className={styles["more"] ?? ""} onClick={() => onFill(message)}>
          {words.desk.fillGap}
        </Button>
      )}
      {onSave && message.author === "person" && message.text && (
        <Button type="link" size="small" className={styles["more"] ?? ""} onClick={() => onSave(message)}>
          {words.desk.saveAnswer}
        </Button>
      )}
    </article>
  );
}

/** It was handed over since nothing was sure, not since a person was wanted. */
function isUnknown({ decision, cause }: Message): boolean {
  return decision === "handoff" && (cause ?? "unsure") === "unsure";
}

/** How the program decided, and the records that its reply rests on. */
function How({ message, decision }: { message: Message; decision: string }) {
  const words = useWords();
  const format = useFormat();
  const names = words.ask.decisions as Record<string, string>;
  // How sure it was that it had to hand over would be taken for how sure it was of an answer.
  const sure = message.confidence === null || decision === "handoff" ? "" : ` · ${words.ask.confidence} ${format.percent(message.confidence)}`;
  return (
    <details className={styles["how"]}>
      <summary>
        <span className="unseen">{words.desk.how}: </span>
        {names[decision] ?? decision}
        {sure}
      </summary>
      {message.sources.length === 0 ? (
        <p>{words.ask.noSources}</p>
      ) : (
        <ul>
          {message.sources.map((source) => (
            <li key={source}>
              {kind(source, words)} <span className="mono">{source}</span>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

function authorOf(conversation: Whole, { author, by }: Message, words: Words): string {
  if (author === "shopper") return whoOf(conversation, words);
  if (author === "ai") return words.desk.program;
  if (!by) return words.desk.notice;
  return author === "note" ? words.desk.noteBy(nameOf(by, words)) : nameOf(by, words);
}
