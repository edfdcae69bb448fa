import type { components } from "@/api/schema";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./documents.module.css";

type Version = Pick<components["schemas"]["VersionView"], "effective" | "standing">;

/** Since when a version applies, and whether that is over, so or to come. */
export function Standing({ version }: { version: Version }) {
  const words = useWords();
  const format = useFormat();
  const since = version.effective ? words.documents.since(format.day(version.effective)) : words.answers.always;
  return (
    <span className={`${styles["standing"]} ${styles[version.standing] ?? ""}`}>
      {words.documents.standings[version.standing]} · {since}
    </span>
  );
}
