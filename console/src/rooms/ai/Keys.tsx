import { App, Button, Input } from "antd";
import { useEffect, useRef, useState } from "react";
import { useChange } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { Tag } from "@/shell/Tag";
import { useTellProblem } from "@/shell/useProblem";
import { useWords } from "@/words";
import { Outcome } from "./Line";
import type { Found } from "./Models";
import models from "./Models.module.css";
import styles from "./Setup.module.css";

type Server = Found["servers"][number];

/** The servers, where each key comes from and how it ends; who runs the installation changes them. */
export function Keys({ found, mayChange }: { found: Found; mayChange: boolean }) {
  const { seam } = useWords();
  const { keys } = seam;
  return (
    <section aria-labelledby="models-keys">
      <h2 id="models-keys" className={models["heading"]}>
        {keys.title}
      </h2>
      <div className="card">
        <ul className={models["lines"]} aria-labelledby="models-keys">
          {found.servers.map((server) => (
            <Line
              key={server.name}
              server={server}
              model={found.items.find(({ provider }) => provider === server.name)?.name}
              mayChange={mayChange}
            />
          ))}
        </ul>
      </div>
      <p className={models["note"]}>{mayChange ? keys.hint : seam.operatorOnly}</p>
    </section>
  );
}

interface LineProps {
  server: Server;
  /** One of its models, to try the key with. */
  model: string | undefined;
  mayChange: boolean;
}

function Line({ server, model, mayChange }: LineProps) {
  const { keys } = useWords().seam;
  const { name, key } = server;
  const [editing, setEditing] = useState(false);
  const tries = useChange("ai.try_model", { shownBy: ["ai.usage", "ai.calls"] });
  const hasKey = key !== null && key.source !== "missing";
  const changer = useRef<HTMLButtonElement>(null);
  return (
    <li>
      <div className={models["line"]}>
        <span className={models["grow"]}>
          <b className="mono">{name}</b> <State server={server} />
          <small className="mono muted">{server.address}</small>
          <small className="muted">
            {[
              key?.last && keys.ends(key.last),
              server.key_env && keys.variable(server.key_env),
              server.key_env && key?.source !== "env" && keys.envFirst,
            ]
              .filter(Boolean)
              .join(" · ")}
          </small>
        </span>
        {mayChange && (
          <span className={styles["buttons"]}>
            {hasKey && (
              <Button
                aria-label={keys.testOf(name)}
                title={model ? "" : keys.noModel}
                disabled={!model}
                loading={tries.isPending}
                onClick={() => model && tries.mutate({ name: model })}
              >
                {keys.test}
              </Button>
            )}
            <Button
              ref={changer}
              aria-label={hasKey ? keys.changeOf(name) : keys.setOf(name)}
              aria-expanded={editing}
              onClick={() => setEditing(!editing)}
            >
              {hasKey ? keys.change : keys.set}
            </Button>
            {key?.source === "stored" && (
              <Forget
                name={name}
                onDone={() => {
                  tries.reset();
                  changer.current?.focus();
                }}
              />
            )}
          </span>
        )}
      </div>
      {editing && (
        <Form
          name={name}
          onDone={() => {
            setEditing(false);
            tries.reset();
            changer.current?.focus();
          }}
        />
      )}
      <output className={models["outcome"]}>{tries.data && !tries.isPending && <Outcome trial={tries.data} />}</output>
      <Notice error={tries.error} />
    </li>
  );
}

function State({ server: { key, is_near: isNear } }: { server: Server }) {
  const { keys } = useWords().seam;
  return (
    <span className={models["tags"]}>
      {key === null ? (
        <Tag tone="quiet">{keys.noKey}</Tag>
      ) : (
        <Tag tone={key.source === "missing" ? "alarm" : "done"}>{keys[key.source]}</Tag>
      )}
      {isNear && <Tag tone="quiet">{keys.near}</Tag>}
    </span>
  );
}

function Form({ name, onDone }: { name: string; onDone: () => void }) {
  const words = useWords();
  const { keys } = words.seam;
  const { message } = App.useApp();
  const stores = useChange("ai.store_key", { shownBy: ["ai.models", "ai.status"] });
  const [key, setKey] = useState("");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  return (
    <form
      ref={form}
      aria-label={keys.setOf(name)}
      onSubmit={(event) => {
        event.preventDefault();
        if (!key.trim()) return;
        stores.mutate(
          { server: name, key: key.trim() },
          {
            onSuccess: () => {
              void message.success(keys.saved);
              onDone();
            },
          },
        );
      }}
    >
      <div className={styles["keyForm"]}>
        <Input.Password
          aria-label={keys.field(name)}
          maxLength={500}
          autoComplete="off"
          visibilityToggle={false}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
        <Button type="primary" htmlType="submit" disabled={!key.trim()} loading={stores.isPending}>
          {words.common.save}
        </Button>
        <Button onClick={onDone}>{words.common.cancel}</Button>
      </div>
      <Notice error={stores.error} />
    </form>
  );
}

function Forget({ name, onDone }: { name: string; onDone: () => void }) {
  const { keys } = useWords().seam;
  const tell = useTellProblem();
  const { modal, message } = App.useApp();
  const forgets = useChange("ai.forget_key", { shownBy: ["ai.models", "ai.status"] });
  const ask = () =>
    modal.confirm({
      title: keys.forgetAsk(name),
      content: keys.forgetHint,
      okText: keys.forget,
      okButtonProps: { danger: true },
      onOk: () =>
        forgets
          .mutateAsync({ server: name })
          .then(() => {
            void message.success(keys.forgotten);
            onDone();
          })
          .catch(tell),
    });
  return (
    <Button type="text" danger aria-label={keys.forgetOf(name)} onClick={ask}>
      {keys.forget}
    </Button>
  );
}
