import { Progress } from "antd";
import type { Got } from "@/api/client";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./ImportRunning.module.css";

/** How far it has come, how fast, and how long it will take. */
export function ImportRunning({ found }: { found: Got<"shop.get_import"> }) {
  const words = useWords();
  const format = useFormat();
  const { bytes_done: done, bytes_total: total, rows_per_second: rate, seconds_left: left } = found;
  const undoing = found.state === "undoing";
  const percent = total ? Math.floor((done / total) * 100) : 0;
  const said = [
    words.imports.rowsDone(format.count(found.rows_done)),
    rate != null && words.imports.rate(format.count(Math.round(rate))),
    left != null && words.imports.left(format.duration(left)),
  ].filter(Boolean);
  return (
    <section className={`card ${styles["running"]}`}>
      <p className={styles["title"]}>{words.imports.states[found.state]}</p>
      <Progress
        percent={undoing ? 100 : percent}
        status="active"
        showInfo={!undoing}
        size={["100%", 12]}
        aria-label={words.imports.progress}
      />
      {!undoing && <p>{said.join(" · ")}</p>}
      <p className="muted">{words.imports.leaveFine}</p>
      {!undoing && found.files.length > 1 && (
        <ul className={styles["files"]}>
          {found.files.map((file) => (
            <li key={file.id} className={file.done ? styles["done"] : ""}>
              <span>{file.path}</span>
              <span className="muted">
                {words.imports.bytes(format.bytes(file.bytes_done), format.bytes(file.bytes))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
