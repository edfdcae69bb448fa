import { Button, Popconfirm } from "antd";
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
  const tries = useChange("ai.try_model", { shownBy: ["ai.usage", "ai.calls"] });
  const ask = () => tries.mutate({ name: model.name });
  const isDear = model.does === "video";
  return (
    <li>
      <div className={styles["line"]}>
        <span className={styles["grow"]}>
          <b className="mono">{model.name}</b> <State model={model} />
          <small className="muted">
            <span className="mono">{model.model}</span> · <span className="mono">{model.address}</span>
          </small>
          <small className="muted">
            <Price model={model} />
          </small>
          {model.is_keyless && <small className={styles["trouble"]}>{models.missing(model.key_env ?? "")}</small>}
        </span>
        {owner && (
          <Popconfirm
            title={models.dear(format.cost(Math.round(model.price_second * 1_000_000)))}
            okText={models.dearYes}
            cancelText={models.cancel}
            disabled={!isDear || tries.isPending}
            placement="topRight"
            onConfirm={ask}
          >
            <Button
              aria-label={models.testOf(model.name)}
              disabled={model.is_keyless}
              loading={tries.isPending}
              onClick={isDear ? undefined : ask}
            >
              {models.test}
            </Button>
          </Popconfirm>
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

function Price({ model }: { model: Model }) {
  const { models } = useWords();
  const format = useFormat();
  const yuan = (price: number) => format.cost(Math.round(price * 1_000_000));
  const told = [
    (model.price_read > 0 || model.price_written > 0) && models.price(yuan(model.price_read), yuan(model.price_written)),
    model.price_picture > 0 && models.pricePicture(yuan(model.price_picture)),
    model.price_second > 0 && models.priceSecond(yuan(model.price_second)),
    model.price_characters > 0 && models.priceCharacters(yuan(model.price_characters)),
  ].filter(Boolean);
  return <>{told.length === 0 ? models.free : told.join(" · ")}</>;
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

/** What came of a model that was asked something. */
export function Outcome({ trial }: { trial: Got<"ai.try_model"> }) {
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
  const used = [
    models.ms(format.count(trial.ms)),
    (trial.read > 0 || trial.written > 0) && models.tokens(format.count(trial.read), format.count(trial.written)),
    trial.pictures > 0 && models.pictures(format.count(trial.pictures)),
    trial.seconds > 0 && models.seconds(format.count(Math.round(trial.seconds))),
    trial.characters > 0 && models.characters(format.count(trial.characters)),
    format.cost(trial.cost_micro),
  ].filter(Boolean);
  const said = trial.said ?? "";
  return (
    <>
      <p>{trial.does === "chat" ? models.said(said) : models.gave(said)}</p>
      {trial.picture && <img className={styles["sample"]} src={trial.picture} alt={models.sample(trial.name)} />}
      <p className="muted">{used.join(" · ")}</p>
    </>
  );
}
