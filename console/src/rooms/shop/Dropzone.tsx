import { FileAddOutlined, FolderOpenOutlined } from "@/shell/icons";
import { App, Button, Progress } from "antd";
import { useRef, type ChangeEvent } from "react";
import { Failed } from "@/shell/States";
import { useDropping } from "@/shell/useDropping";
import { useShopId } from "@/shell/useShopId";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Dropzone.module.css";
import { fromDrop, fromPicker, type Gathered } from "./gather";
import { forgetUpload, startUpload, stopUpload, useUpload, type Upload } from "./uploads";

/** Where files are dropped; while they travel, how far they have come. */
export function Dropzone() {
  const words = useWords();
  const shop = useShopId();
  const upload = useUpload(shop);
  const { message } = App.useApp();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  const send = (gathered: Gathered[]) => {
    if (gathered.length === 0) void message.warning(words.imports.nothing);
    else startUpload(shop, gathered);
  };
  const { over, place } = useDropping(async (event) => {
    event.preventDefault();
    send(await fromDrop(event.dataTransfer));
  });
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    const picked = event.target.files ? fromPicker(event.target.files) : [];
    event.target.value = "";
    send(picked);
  };

  if (upload && upload.state === "failed") {
    return (
      <div className="card">
        <Failed error={upload.error} retry={() => forgetUpload(shop)} />
      </div>
    );
  }
  if (upload) return <Sending upload={upload} onStop={() => stopUpload(shop)} />;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping has no key; the buttons do the same
    <section
      className={`${styles["zone"]} ${over ? styles["over"] : ""}`}
      aria-label={words.imports.drop}
      {...place}
    >
      <svg className={styles["mark"]} viewBox="0 0 96 72" aria-hidden="true">
        <path d="M14 30v30a4 4 0 0 0 4 4h60a4 4 0 0 0 4-4V30" />
        <path d="M14 44h20l5 8h18l5-8h20" />
        <path className={styles["arrow"]} d="M48 6v26M37 22l11 11 11-11" />
      </svg>
      <p className={styles["title"]}>{over ? words.imports.dropNow : words.imports.drop}</p>
      <p className="muted">{words.imports.dropHint}</p>
      <div className={styles["buttons"]}>
        <Button type="primary" icon={<FileAddOutlined />} onClick={() => files.current?.click()}>
          {words.imports.pickFiles}
        </Button>
        <Button icon={<FolderOpenOutlined />} onClick={() => folder.current?.click()}>
          {words.imports.pickFolder}
        </Button>
      </div>
      <input ref={files} type="file" multiple hidden data-testid="files" onChange={pick} />
      <input
        ref={(element) => {
          folder.current = element;
          element?.setAttribute("webkitdirectory", "");
        }}
        type="file"
        multiple
        hidden
        data-testid="folder"
        onChange={pick}
      />
    </section>
  );
}

function Sending({ upload, onStop }: { upload: Upload; onStop: () => void }) {
  const words = useWords();
  const format = useFormat();
  const percent = upload.bytes ? Math.min(100, Math.floor((upload.sent / upload.bytes) * 100)) : 0;
  const inspecting = upload.state !== "sending";
  return (
    <section className={`card ${styles["sending"]}`} aria-live="polite">
      <p className={styles["title"]}>{inspecting ? words.imports.inspecting : words.imports.uploading}</p>
      <Progress
        percent={inspecting ? 100 : percent}
        status={inspecting ? "active" : "normal"}
        showInfo={!inspecting}
        aria-label={words.imports.uploading}
      />
      <p className={styles["line"]}>
        <span className="muted">
          {words.imports.uploadingFiles(format.count(upload.files), format.bytes(upload.bytes))}
        </span>
        {!inspecting && (
          <Button size="small" onClick={onStop}>
            {words.imports.stop}
          </Button>
        )}
      </p>
    </section>
  );
}
