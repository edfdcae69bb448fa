import type { components } from "@/api/schema";
import { useFormat } from "@/words/format";
import { useWords, type Words } from "@/words";
import styles from "./Answered.module.css";

interface SourcesProps {
  sources: components["schemas"]["SourceView"][];
  open?: boolean;
}

/** The records that a reply rests on. */
export function Sources({ sources, open = false }: SourcesProps) {
  const words = useWords();
  const format = useFormat();
  return (
    <details className={styles["sources"]} open={open}>
      <summary>{words.ask.sources(format.count(sources.length))}</summary>
      <ul>
        {sources.map((source) => (
          <li key={source.id}>
            <span className={styles["kind"]}>{kind(source.id, words)}</span>
            <span className="mono muted">{source.id}</span>
            <p>{source.text}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What sort of record a source is: `policy:returns#2` is a policy. */
export function kind(id: string, words: Words): string {
  const name = id.split(":", 1)[0] ?? "";
  return (words.ask.kinds as Record<string, string>)[name] ?? name;
}
