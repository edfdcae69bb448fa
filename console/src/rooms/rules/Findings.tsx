import type { UseQueryResult } from "@tanstack/react-query";
import { Button } from "antd";
import { known } from "@/shell/Choice";
import { Empty, Failed, Loading } from "@/shell/States";
import { Tag } from "@/shell/Tag";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import type { Finding, Report } from "./checking";
import styles from "./compliance.module.css";

interface FindingsProps {
  text: string;
  /** Undefined while it is not known. */
  report: Report | undefined;
  query: UseQueryResult<Report>;
  looked: Finding | undefined;
  onLook: (finding: Finding) => void;
  onTake: (finding: Finding) => void;
  onTakeAll: (report: Report) => void;
}

/** What was found: why it may not be said, by which article, and how it may. */
export function Findings(props: FindingsProps) {
  const words = useWords();
  return (
    <section className={`card ${styles["findings"]}`} aria-label={words.compliance.findings} aria-live="polite">
      <Body {...props} />
    </section>
  );
}

function Body({ text, report, query, looked, onLook, onTake, onTakeAll }: FindingsProps) {
  const words = useWords();
  const format = useFormat();
  if (text.trim() === "") return <Empty title={words.compliance.nothing} hint={words.compliance.nothingHint} />;
  if (query.isError) return <Failed error={query.error} retry={() => query.refetch()} />;
  if (report === undefined) return <Loading rows={4} />;
  if (report.findings.length === 0) {
    return <Empty title={words.compliance.fine} hint={words.compliance.fineHint} />;
  }
  return (
    <>
      <header className={styles["head"]}>
        <h2>{words.compliance.found(format.count(report.findings.length))}</h2>
        <Button type="primary" onClick={() => onTakeAll(report)}>
          {words.compliance.takeAll}
        </Button>
      </header>
      <ol className={styles["list"]}>
        {report.findings.map((finding) => (
          <Found
            key={`${finding.start}-${finding.end}-${finding.kind}`}
            finding={finding}
            isLooked={finding === looked}
            onLook={() => onLook(finding)}
            onTake={() => onTake(finding)}
          />
        ))}
      </ol>
    </>
  );
}

interface FoundProps {
  finding: Finding;
  isLooked: boolean;
  onLook: () => void;
  onTake: () => void;
}

function Found({ finding, isLooked, onLook, onTake }: FoundProps) {
  const { compliance } = useWords();
  const format = useFormat();
  const kind = known(compliance.kinds, finding.kind);
  const [take, takeNamed] = finding.advice
    ? [compliance.take, compliance.takeNamed]
    : [compliance.leaveOut, compliance.leaveOutNamed];
  return (
    <li className={isLooked ? styles["lookedAt"] : ""}>
      <div className={styles["claim"]}>
        <button type="button" className={styles["span"]} onClick={onLook}>
          {finding.span}
        </button>
        <Tag tone="alarm">{kind ? compliance.kinds[kind] : finding.kind}</Tag>
      </div>
      <p>{finding.reason}</p>
      <p className="muted">
        {finding.law} · {compliance.version(format.day(finding.version))}
      </p>
      <div className={styles["advice"]}>
        <p>
          {finding.advice ? (
            <>
              <span className="muted">{compliance.instead}</span> <b>{finding.advice}</b>
            </>
          ) : (
            <span className="muted">{compliance.better}</span>
          )}
        </p>
        <Button size="small" aria-label={takeNamed(finding.span)} onClick={onTake}>
          {take}
        </Button>
      </div>
    </li>
  );
}
