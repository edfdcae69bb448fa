import { Button, Select } from "antd";
import { useState } from "react";
import type { Got, Item } from "@/api/client";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { Await } from "@/shell/States";
import { Tag } from "@/shell/Tag";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import type { Found } from "./Models";
import models from "./Models.module.css";
import styles from "./Setup.module.css";

type Prompt = Item<"ai.prompts">;

/** What models are told, why it was changed, and how a model does with it. */
export function Prompts({ found }: { found: Found }) {
  const { prompts } = useWords().seam;
  const query = useRead("ai.prompts", {});
  return (
    <section aria-labelledby="models-prompts">
      <h2 id="models-prompts" className={models["heading"]}>
        {prompts.title}
      </h2>
      <p className={models["small"]}>{prompts.lead}</p>
      <div className="card">
        <Await query={query} rows={3}>
          {({ items }) => (
            <ul className={models["lines"]} aria-labelledby="models-prompts">
              {items.map((prompt) => (
                <Line
                  key={prompt.name}
                  prompt={prompt}
                  names={found.items
                    .filter(({ does, sees }) => does === "chat" && (sees || !prompt.has_pictures))
                    .map(({ name }) => name)}
                />
              ))}
            </ul>
          )}
        </Await>
      </div>
    </section>
  );
}

function Line({ prompt, names }: { prompt: Prompt; names: string[] }) {
  const { prompts } = useWords().seam;
  const format = useFormat();
  const owner = useRole() === "owner";
  const [chosen, setChosen] = useState<string>();
  const model = chosen ?? names[0];
  const tries = useChange("ai.try_prompt", { shownBy: ["ai.usage", "ai.calls"] });
  return (
    <li>
      <div className={models["line"]}>
        <span className={models["grow"]}>
          <b className="mono">{prompt.name}</b>{" "}
          <span className="muted">{prompts.version(format.count(prompt.version))}</span>
          <small className="muted">{prompts.cases(format.count(prompt.cases.length))}</small>
        </span>
        {owner && model && (
          <span className={styles["buttons"]}>
            <Select
              aria-label={prompts.modelOf(prompt.name)}
              style={{ width: 160 }}
              value={model}
              onChange={setChosen}
              options={names.map((value) => ({ value, label: value }))}
            />
            <Button
              aria-label={prompts.runOf(prompt.name)}
              loading={tries.isPending}
              onClick={() => tries.mutate({ prompt: prompt.name, model })}
            >
              {prompts.run}
            </Button>
          </span>
        )}
      </div>
      {owner && !model && <small className="muted">{prompts.noModel}</small>}
      <details>
        <summary>{prompts.changes}</summary>
        <ul>
          {prompt.changes.map((change) => (
            <li key={change.version}>{prompts.change(format.count(change.version), format.day(change.day), change.why)}</li>
          ))}
        </ul>
      </details>
      <output className={models["outcome"]}>
        {tries.isPending && <p className="muted">{prompts.running}</p>}
        {tries.data && !tries.isPending && <Result result={tries.data} />}
      </output>
      <Notice error={tries.error} />
    </li>
  );
}

function Result({ result }: { result: Got<"ai.try_prompt"> }) {
  const { prompts } = useWords().seam;
  const format = useFormat();
  return (
    <>
      <p>
        <b className="mono">{result.model}</b>{" "}
        {prompts.result(format.count(result.good), format.count(result.items.length), format.cost(result.cost_micro))}
      </p>
      <ul className={styles["cases"]}>
        {result.items.map((item) => (
          <li key={item.name}>
            {item.name} <Tag tone={item.fault ? "alarm" : "done"}>{item.fault ? prompts.bad : prompts.good}</Tag>
            {item.fault && <p className={models["trouble"]}>{prompts.wrong(item.fault)}</p>}
            {item.reply && <p className="muted">{prompts.said(item.reply)}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}
