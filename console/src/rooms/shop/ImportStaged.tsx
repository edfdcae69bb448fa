import { Alert, App, Button } from "antd";
import { useState } from "react";
import type { Given, Got } from "@/api/client";
import { useChange, useRole } from "@/api/hooks";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { corrections, missing, type Mapping } from "./mapping";
import { StagedFile } from "./StagedFile";
import styles from "./ImportStaged.module.css";

type Import = Got<"shop.get_import">;
type File = Import["files"][number];
type Kind = NonNullable<Given<"shop.start_import">["kinds"]>[string];

/** What a person said about a file that differs from what was seen. */
interface Said {
  mapping?: Mapping;
  kind?: Kind;
}

interface ImportStagedProps {
  found: Import;
  /** It is being discarded: who shows it goes elsewhere. */
  onLeave: () => void | Promise<void>;
}

/** Before anything is written: what each file was taken for, to be corrected and confirmed. */
export function ImportStaged({ found, onLeave }: ImportStagedProps) {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const { modal, message } = App.useApp();
  const owner = useRole() === "owner";
  const start = useChange("shop.start_import");
  const discard = useChange("shop.discard_import");
  const [said, setSaid] = useState<Record<number, Said>>({});
  const say = (id: number, what: Said) => setSaid((before) => ({ ...before, [id]: what }));

  const ready = found.files.filter((file) => isReady(file, said[file.id]));
  const lacking = found.files.filter((file) => !file.error && !isReady(file, said[file.id]));
  const go = () => {
    const mappings: Record<string, Mapping> = {};
    const kinds: Record<string, Kind> = {};
    for (const { id, mapping } of found.files) {
      const { mapping: edited, kind } = said[id] ?? {};
      if (kind) kinds[id] = kind;
      else if (edited) mappings[id] = corrections(mapping, edited);
    }
    start.mutate({ import_id: found.id, mappings, kinds }, { onError: tell });
  };
  const ask = () =>
    modal.confirm({
      title: words.imports.discardAsk,
      content: words.imports.discardHint,
      okText: words.imports.discard,
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await onLeave();
          await discard.mutateAsync({ import_id: found.id });
          void message.success(words.imports.discarded);
        } catch (error) {
          tell(error);
        }
      },
    });

  return (
    <>
      <p className={styles["lead"]}>{words.imports.stagedLead}</p>
      <div className={styles["files"]}>
        {found.files.map((file) => (
          <StagedFile
            key={file.id}
            file={file}
            kinds={found.kinds}
            mapping={said[file.id]?.mapping ?? file.mapping}
            kind={said[file.id]?.kind}
            onMapping={(mapping) => say(file.id, { mapping })}
            onKind={(kind) => say(file.id, kind === file.kind ? {} : { kind: kind as Kind })}
            startOpen={found.files.length === 1 || missing(file.fields, file.mapping).length > 0}
          />
        ))}
      </div>
      <div className={styles["bar"]}>
        <span className={styles["ready"]}>
          {ready.length > 0 ? words.imports.ready(format.count(ready.length)) : words.imports.nothingToImport}
        </span>
        {lacking.length > 0 && <Alert type="warning" showIcon title={words.imports.fixFirst} />}
        {owner ? (
          <>
            <Button onClick={ask}>{words.imports.discard}</Button>
            <Button
              type="primary"
              disabled={ready.length === 0 || lacking.length > 0}
              loading={start.isPending}
              onClick={go}
            >
              {words.imports.start}
            </Button>
          </>
        ) : (
          <span className="muted">{words.imports.ownerOnly}</span>
        )}
      </div>
    </>
  );
}

function isReady(file: File, said: Said | undefined): boolean {
  if (said?.kind) return true;
  return !file.error && missing(file.fields, said?.mapping ?? file.mapping).length === 0;
}
