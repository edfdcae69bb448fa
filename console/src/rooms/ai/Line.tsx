import { Button } from "antd";
import type { Got, Item } from "@/api/client";
import { useChange, useRole } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { Tag } from "@/shell/Tag";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Models.module.css";

type Model = Item<"ai.models">;

/** A model, where it is and what it costs; an owner may ask it something. */
export function Line({ model }: { model: Model }) {
  const { models } = useWords();
  const format = useFormat();
  const owner = useRole() === "owner";
  const tries = useChange("ai.try_model", { shownBy: ["ai.usage"] });
  const yuan = (price: number) => format.cost(Math.round(price * 1_000_000));
  const isFree = model.price_read === 0 && model.price_written === 0;
  return (
    <li>
      <div className={styles["line"]}>
        <span className={styles["grow"]}>
          <b className="mono">{model.name}</b> <State model={model} />
          <small className="muted">
            <span className="mono">{model.model}</span> · <span className="mono">{model.address}</span>
          </small>
          <small className="muted">
            {isFree ? models.free : models.price(yuan(model.price_read), yuan(model.price_written))}
          </small>
          {model.is_keyless && <small className={styles["trouble"]}>{models.missing(model.key_env ?? "")}</small>}
        </span>
        {owner && (
          <Button
            aria-label={models.testOf(model.name)}
            disabled={model.is_keyless}
            loading={tries.isPending}
            onClick={() => tries.mutate({ name: model.name })}
          >
            {models.test}
          </Button>
        )}
      </div>
      <output className={styles["outcome"]}>
        {tries.isPending ? (
          <p className="muted">{models.asking}</p>
        ) : (
          tries.data && <Outcome trial={tries.data} />
        )}
      </output>
      {!tries.isPending && tries.error && (
        <div className={styles["refused"]}>
          <Notice error={tries.error} />
        </div>
      )}
    </li>
  );
}

function State({ model }: { model: Model }) {
  const { models } = useWords();
  if (model.is_keyless) return <Tag tone="alarm">{models.needsKey}</Tag>;
  if (model.roles.length === 0) return <Tag tone="quiet">{models.idle}</Tag>;
  return (
    <span className={styles["tags"]}>
      {model.roles.map((role) => (
        <Tag key={role} tone="done">
          {models.roleNames[role]}
        </Tag>
      ))}
    </span>
  );
}

function Outcome({ trial }: { trial: Got<"ai.try_model"> }) {
  const { models } = useWords();
  const format = useFormat();
  if (!trial.is_well) {
    return (
      <>
        <p className={styles["trouble"]}>{models.notWell(trial.why ?? "")}</p>
        {trial.hint && <p>{trial.hint}</p>}
      </>
    );
  }
  return (
    <>
      <p>{models.said(trial.said ?? "")}</p>
      <p className="muted">
        {models.took(
          format.count(trial.ms),
          format.count(trial.read),
          format.count(trial.written),
          format.cost(trial.cost_micro),
        )}
      </p>
    </>
  );
}
