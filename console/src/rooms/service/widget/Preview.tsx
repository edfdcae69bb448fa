import type { CSSProperties } from "react";
import { useSession } from "@/api/hooks";
import { CommentOutlined } from "@/shell/icons";
import { useShopId } from "@/shell/useShopId";
import { useWords } from "@/words";
import { inkOn, USUAL } from "./colors";
import type { Values } from "./values";
import styles from "./widget.module.css";

/** Roughly what shoppers will see; the widget itself is not loaded into the console. */
export function Preview({ values }: { values: Values }) {
  const words = useWords();
  const shop = useShopId();
  const name = useSession().data?.shops.find(({ id }) => id === shop)?.name;
  const accent = values.color ?? USUAL;
  const painted = { "--accent": accent, "--on-accent": inkOn(accent) } as CSSProperties;
  return (
    <figure className={styles["preview"]} style={painted} data-on={values.is_on}>
      <figcaption className="muted">{values.is_on ? words.widget.preview : words.widget.previewOff}</figcaption>
      <div className={styles["window"]}>
        <p className={styles["head"]}>{name}</p>
        <p className={styles["said"]}>{values.greeting.trim() || words.widget.usualGreeting}</p>
        <ul>
          {words.widget.quickReplies.map((question) => (
            <li key={question}>{question}</li>
          ))}
        </ul>
        <p className={styles["field"]}>{words.widget.write}</p>
      </div>
      <span className={styles["bubble"]}>
        <CommentOutlined />
      </span>
    </figure>
  );
}
