import { Button, Segmented } from "antd";
import { useState } from "react";
import { useRead } from "@/api/hooks";
import { Secret } from "@/rooms/base/Secret";
import { useCopy } from "@/rooms/base/useCopy";
import { CopyOutlined } from "@/shell/icons";
import { Await } from "@/shell/States";
import { useWords } from "@/words";
import type { Sample } from "./setup";
import styles from "./Models.module.css";

/** How a model is brought by hand: a file to copy, and where its key goes. */
export function Connecting() {
  const { models } = useWords();
  const query = useRead("ai.samples", {});
  return (
    <details className={`card ${styles["box"]} ${styles["connecting"]}`}>
      <summary>
        <h2>{models.setUp}</h2>
      </summary>
      <Await query={query} rows={4}>
        {({ items }) => <Shown samples={items} />}
      </Await>
    </details>
  );
}

function Shown({ samples }: { samples: Sample[] }) {
  const words = useWords();
  const { models } = words;
  const copy = useCopy();
  const [name, setName] = useState<string>();
  const sample = samples.find((each) => each.name === name) ?? samples[0];
  if (!sample) return null;
  return (
    <>
      <Segmented
        aria-label={models.setUp}
        value={sample.name}
        onChange={setName}
        options={samples.map((each) => ({ value: each.name, label: models.samples[each.name] ?? each.name }))}
      />
      <ol className={styles["steps"]}>
        <li>
          <p>{models.steps.file}</p>
          <div className={styles["sample"]}>
            <pre aria-label={models.sampleLabel}>{sample.text}</pre>
            <Button size="small" icon={<CopyOutlined />} onClick={() => copy(sample.text)}>
              {words.common.copy}
            </Button>
          </div>
        </li>
        {sample.key_env && (
          <li>
            <p>{models.steps.key}</p>
            <Secret text={`export ${sample.key_env}=sk-…`} />
          </li>
        )}
        <li>
          <p>{models.steps.start}</p>
        </li>
      </ol>
      <p className="muted">{models.more}</p>
    </>
  );
}
