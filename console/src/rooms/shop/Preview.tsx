import { useWords } from "@/words";
import styles from "./Preview.module.css";

interface PreviewProps {
  headers: readonly string[];
  rows: readonly (readonly string[])[];
}

/** The first rows as the file has them. */
export function Preview({ headers, rows }: PreviewProps) {
  const words = useWords();
  if (rows.length === 0) return null;
  return (
    <figure>
      <figcaption className={styles["caption"]}>{words.imports.preview}</figcaption>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that keys can scroll it */}
      <section className={styles["frame"]} tabIndex={0} aria-label={words.imports.preview}>
        <table className={styles["table"]}>
          <thead>
            <tr>
              {headers.map((header, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- headers repeat, columns do not move
                <th key={index} scope="col">
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- as above
              <tr key={at}>
                {row.map((cell, index) => (
                  // oxlint-disable-next-line react/no-array-index-key -- as above
                  <td key={index}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </figure>
  );
}
