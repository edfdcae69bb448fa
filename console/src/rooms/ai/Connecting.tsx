import { Button, Segmented } from "antd";
import { useState } from "react";
import { Secret } from "@/rooms/base/Secret";
import { useCopy } from "@/rooms/base/useCopy";
import { CopyOutlined } from "@/shell/icons";
import { useWords } from "@/words";
import styles from "./Models.module.css";
import { KEY, SAMPLES, type Sample } from "./samples";

/** How a model is brought: a file to copy, where its key goes, and a start. */
export function Connecting({ isOpen }: { isOpen: boolean }) {
  const words = useWords();
  const { models } = words;
  const copy = useCopy();
  const [sample, setSample] = useState<Sample>("cloud");
  const names = Object.keys(SAMPLES) as Sample[];
  return (
    <details className={`card ${styles["box"]} ${styles["connecting"]}`} open={isOpen}>
      <summary>
        <h2>{models.setUp}</h2>
      </summary>
      <Segmented<Sample>
        aria-label={models.setUp}
        value={sample}
        onChange={setSample}
        options={names.map((name) => ({ value: name, label: models.samples[name] }))}
      />
      <ol className={styles["steps"]}>
        <li>
          <p>{models.steps.file}</p>
          <div className={styles["sample"]}>
            <pre aria-label={models.sampleLabel}>{SAMPLES[sample]}</pre>
            <Button size="small" icon={<CopyOutlined />} onClick={() => copy(SAMPLES[sample])}>
              {words.common.copy}
            </Button>
          </div>
        </li>
        {sample === "cloud" && (
          <li>
            <p>{models.steps.key}</p>
            <Secret text={KEY} />
          </li>
        )}
        <li>
          <p>{models.steps.start}</p>
        </li>
      </ol>
      <p className="muted">{models.more}</p>
    </details>
  );
}
