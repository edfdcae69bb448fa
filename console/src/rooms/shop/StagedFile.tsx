import { Alert, Button, Select } from "antd";
import { useId, useState } from "react";
import type { Got } from "@/api/client";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { MappingTable } from "./MappingTable";
import { corrections, missing, unread, type Mapping } from "./mapping";
import { Preview } from "./Preview";
import styles from "./StagedFile.module.css";

type Import = Got<"shop.get_import">;

interface StagedFileProps {
  file: Import["files"][number];
  kinds: Import["kinds"];
  mapping: Mapping;
  /** What a person says it is, if not what was seen. */
  kind: string | undefined;
  onMapping: (mapping: Mapping) => void;
  onKind: (kind: string) => void;
  startOpen: boolean;
}

/** One file: what it is, how its columns are read, its first rows. */
export function StagedFile(props: StagedFileProps) {
  const { file, kinds, mapping, kind, onMapping, onKind, startOpen } = props;
  const words = useWords();
  const format = useFormat();
  const body = useId();
  const [open, setOpen] = useState(startOpen);
  const tabular = file.headers.length > 0;
  const lacking = kind ? [] : missing(file.fields, mapping);
  const changed = Object.keys(corrections(file.mapping, mapping)).length > 0;
  const options = kinds.map((each) => ({ value: each.kind as string, label: each.name }));
  if (!options.some(({ value }) => value === file.kind)) {
    options.unshift({ value: file.kind, label: file.kind_name });
  }
  return (
    <article className={`card ${styles["file"]} ${file.error && !kind ? styles["bad"] : ""}`}>
      <header className={styles["header"]}>
        <div className={styles["name"]}>
          <h3>{file.path}</h3>
          <p className="muted">
            {[format.bytes(file.bytes), file.encoding].filter(Boolean).join(" · ")}
            {!kind && unread(mapping) > 0 && ` · ${words.imports.unmapped(format.count(unread(mapping)))}`}
          </p>
        </div>
        {lacking.length > 0 && (
          <span className={styles["lacking"]}>{words.imports.missingShort(format.count(lacking.length))}</span>
        )}
        {changed && <span className={styles["changed"]}>{words.imports.changed}</span>}
        {tabular ? (
          <Select
            aria-label={words.imports.kind}
            value={kind ?? file.kind}
            options={options}
            onChange={onKind}
            popupMatchSelectWidth={false}
            showSearch={{ optionFilterProp: "label" }}
          />
        ) : (
          <span className={styles["kind"]}>{file.kind_name}</span>
        )}
        {tabular && !kind && (
          <Button type="text" aria-expanded={open} aria-controls={body} onClick={() => setOpen(!open)}>
            {open ? words.common.close : words.imports.mapping}
          </Button>
        )}
      </header>
      {file.error && !kind && (
        <Alert type="error" showIcon title={words.imports.fileError} description={file.error} />
      )}
      {lacking.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={words.imports.missing(lacking.map(({ label }) => label).join(", "))}
        />
      )}
      {kind && <Alert type="info" showIcon title={words.imports.kindChanged} />}
      {file.problems.length > 0 && (
        <ul className={styles["odd"]}>
          {file.problems.slice(0, 3).map((problem) => (
            <li key={`${problem.row}${problem.column}${problem.reason}`}>{problem.reason}</li>
          ))}
        </ul>
      )}
      {tabular && open && !kind && (
        <div id={body} className={styles["body"]}>
          <MappingTable
            headers={file.headers}
            fields={file.fields}
            proposed={file.mapping}
            mapping={mapping}
            preview={file.preview}
            onChange={onMapping}
          />
          <Preview headers={file.headers} rows={file.preview} />
        </div>
      )}
    </article>
  );
}
