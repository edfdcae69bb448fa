import { Link } from "react-router";
import { useRead } from "@/api/hooks";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { Dropzone } from "../Dropzone";
import { ImportState } from "../ImportState";
import { useArrival } from "../useArrival";
import styles from "./Bring.module.css";

/** Where a merchant's files are found, and where they are dropped. */
export function Component() {
  const words = useWords();
  const format = useFormat();
  const imports = useRead("shop.list_imports", {});
  useArrival();
  const last = imports.data?.items[0];
  return (
    <div className={styles["bring"]}>
      <dl>
        {words.bringing.where.map(([what, where]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd className="muted">{where}</dd>
          </div>
        ))}
      </dl>
      <Dropzone />
      {last && (
        <p>
          {words.bringing.last(format.time(last.created_at))} <ImportState state={last.state} />{" "}
          <Link to={`../import/${last.id}`}>{words.bringing.look}</Link>
        </p>
      )}
    </div>
  );
}
