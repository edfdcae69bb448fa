import { App, Button } from "antd";
import { useRef, useState, type ChangeEvent } from "react";
import { Choice } from "@/shell/Choice";
import { CopyOutlined, PictureOutlined } from "@/shell/icons";
import { useDropping } from "@/shell/useDropping";
import { useTellProblem } from "@/shell/useProblem";
import { useUndo } from "@/shell/useUndo";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { LONGEST, useCheckPicture, useReport, type Finding } from "./checking";
import { Findings } from "./Findings";
import { Marked } from "./Marked";
import { PictureRead, type Shown } from "./PictureRead";
import { replaced, unitsBefore, type Span } from "./spans";
import styles from "./compliance.module.css";

/** A text, or what stands on a picture, with what may not be said in it and how it may. */
export function Desk() {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const undo = useUndo();
  const { message } = App.useApp();
  const [text, setText] = useState("");
  const [trade, setTrade] = useState("");
  const [looked, setLooked] = useState<Finding>();
  const [picture, setPicture] = useState<Shown>();
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const { report, query } = useReport(text, trade);
  const reading = useCheckPicture();

  const write = (next: string) => {
    setText(next);
    setLooked(undefined);
  };
  const rewrite = (next: string, told: string) => {
    const before = text;
    write(next);
    undo(told, () => write(before));
  };
  const look = (finding: Finding) => {
    setLooked(finding);
    field.current?.focus();
    field.current?.setSelectionRange(unitsBefore(text, finding.start), unitsBefore(text, finding.end));
  };
  const readPicture = async (file: File | undefined) => {
    if (!file) return;
    try {
      const read = await reading.mutateAsync({ file, trade });
      setPicture((before) => {
        if (before) URL.revokeObjectURL(before.url);
        return { url: URL.createObjectURL(file), read };
      });
      write(read.text.slice(0, LONGEST));
    } catch (error) {
      tell(error);
    }
  };
  const leavePicture = () => {
    if (picture) URL.revokeObjectURL(picture.url);
    setPicture(undefined);
  };
  const { over, place } = useDropping((event) => {
    const file = [...event.dataTransfer.files].find(({ type }) => type.startsWith("image/"));
    if (!file) return; // Text that is dropped belongs to the field.
    event.preventDefault();
    void readPicture(file);
  });
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = "";
    void readPicture(file);
  };
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    void message.success(words.common.copied);
  };

  return (
    <div className={styles["desk"]}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping has no key; the button does the same */}
      <section
        className={`card ${styles["paper"]} ${over ? styles["over"] : ""}`}
        aria-label={words.compliance.text}
        aria-busy={reading.isPending}
        {...place}
      >
        <div className={styles["tools"]}>
          <Choice
            label={words.compliance.trade}
            value={trade}
            names={{ "": words.compliance.anyTrade, ...words.compliance.trades }}
            onChange={setTrade}
          />
          <Button icon={<PictureOutlined />} loading={reading.isPending} onClick={() => picker.current?.click()}>
            {reading.isPending ? words.compliance.readingPicture : words.compliance.picture}
          </Button>
          <input
            ref={picker}
            type="file"
            hidden
            accept="image/png,image/jpeg,image/webp"
            data-testid="compliance-picture"
            onChange={pick}
          />
        </div>
        {picture && <PictureRead shown={picture} onLeave={leavePicture} />}
        <Marked
          ref={field}
          label={words.compliance.text}
          placeholder={words.compliance.placeholder}
          text={text}
          most={LONGEST}
          findings={report?.findings ?? []}
          looked={looked}
          onWrite={write}
        />
        <div className={styles["foot"]}>
          <span className="muted">{words.compliance.length(format.count([...text].length), format.count(LONGEST))}</span>
          <Button type="text" disabled={text === ""} onClick={() => write("")}>
            {words.compliance.clear}
          </Button>
          <Button type="text" icon={<CopyOutlined />} disabled={text === ""} onClick={() => void copy()}>
            {words.compliance.copy}
          </Button>
        </div>
      </section>
      <Findings
        text={text}
        report={report}
        query={query}
        looked={looked}
        onLook={look}
        onTake={(finding) =>
          rewrite(replaced(text, placeOf(finding), finding.advice), words.compliance.taken(finding.span))}
        onTakeAll={(whole) =>
          rewrite(whole.rewritten, words.compliance.takenAll(format.count(whole.findings.length)))}
      />
    </div>
  );
}

/** What the advice stands in place of: the claim, or its whole clause. */
function placeOf({ replaces: [start, end] }: Finding): Span {
  return { start, end };
}
