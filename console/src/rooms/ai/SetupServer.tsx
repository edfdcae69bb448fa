import { Button, Input, Radio } from "antd";
import { useEffect, useState } from "react";
import type { Got } from "@/api/client";
import { useChange, useRead } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { Await } from "@/shell/States";
import { useFormat } from "@/words/format";
import { useWords, type Words } from "@/words";
import { ofFound, ofSample, type Chosen, type Found, type Sample } from "./setup";
import styles from "./Setup.module.css";

const CLOUD = "dashscope";
const OTHER = "other";

interface ChooseServerProps {
  typed: string;
  onChosen: (chosen: Chosen, key: string) => void;
}

/** What is found on this machine, Qwen, or an address; and its key. */
export function ChooseServer({ typed, onChosen }: ChooseServerProps) {
  const samples = useRead("ai.samples", {});
  const models = useRead("ai.models", {});
  return (
    <Await query={samples} rows={4}>
      {({ items }) => (
        <Choose
          cloud={items.find(({ name }) => name === CLOUD)}
          servers={models.data?.servers ?? []}
          typed={typed}
          onChosen={onChosen}
        />
      )}
    </Await>
  );
}

type Server = Got<"ai.models">["servers"][number];

interface ChooseProps extends ChooseServerProps {
  cloud: Sample | undefined;
  servers: Server[];
}

function Choose({ cloud, servers, typed, onChosen }: ChooseProps) {
  const { seam } = useWords();
  const format = useFormat();
  const here = useChange("ai.find_servers", { shownBy: [] });
  const there = useChange("ai.find_servers", { shownBy: [] });
  const { mutate: look } = here;
  useEffect(() => look({}), [look]);
  const [which, setWhich] = useState(CLOUD);
  const [address, setAddress] = useState("");
  const [key, setKey] = useState(typed);
  const found = here.data?.items ?? [];
  const local = found.find(({ name }) => name === which);
  const looked = there.data?.items[0];
  const known = servers.find((server) => server.address === (which === CLOUD ? cloud?.address : address.trim()));
  const choose = (name: string) => {
    setWhich(name);
    there.reset();
  };
  const next = () => {
    if (which === CLOUD && cloud) onChosen(ofSample(cloud), key);
    else if (local) onChosen(ofFound(local), "");
    else if (looked) onChosen(ofFound(looked), key);
    else if (address.trim()) there.mutate({ address: address.trim(), ...(key.trim() && { key: key.trim() }) });
  };
  return (
    <form
      className={styles["stack"]}
      onSubmit={(event) => {
        event.preventDefault();
        next();
      }}
    >
      <output>
        {here.isPending && <p className="muted">{seam.looking}</p>}
        {here.data && found.length === 0 && <p className="muted">{seam.foundNone}</p>}
      </output>
      <Notice error={here.error} />
      <Radio.Group
        aria-label={seam.which}
        className={styles["servers"] ?? ""}
        value={which}
        onChange={(event) => choose(String(event.target.value))}
      >
        {found.map((server) => (
          <Radio key={server.name} value={server.name}>
            {server.title} <span className="mono muted">{server.address}</span>
            <small className="muted">{seam.modelsThere(format.count(server.models.length))}</small>
          </Radio>
        ))}
        <Radio value={CLOUD}>
          {seam.cloud}
          <small className="muted">{seam.cloudHint}</small>
        </Radio>
        <Radio value={OTHER}>
          {seam.other}
          <small className="muted">{seam.otherHint}</small>
        </Radio>
      </Radio.Group>
      {which === OTHER && (
        <div className={styles["field"]}>
          <label htmlFor="setup-address">{seam.address}</label>
          <Input
            id="setup-address"
            aria-describedby="setup-address-hint"
            type="url"
            inputMode="url"
            maxLength={500}
            autoComplete="off"
            spellCheck={false}
            value={address}
            onChange={(event) => {
              setAddress(event.target.value);
              there.reset();
            }}
          />
          <small id="setup-address-hint" className="muted">
            {seam.addressHint}
          </small>
        </div>
      )}
      {!local && (
        <div className={styles["field"]}>
          <label htmlFor="setup-key">{seam.key}</label>
          <Input.Password
            id="setup-key"
            aria-describedby="setup-key-hint"
            maxLength={500}
            autoComplete="off"
            visibilityToggle={false}
            value={key}
            onChange={(event) => {
              setKey(event.target.value);
              there.reset();
            }}
          />
          <small id="setup-key-hint" className="muted">
            {seam.keyHint} {keyNote(seam, known, which === OTHER)}
          </small>
        </div>
      )}
      <output className={styles["stack"]}>
        {there.isPending && <p className="muted">{seam.lookingAt}</p>}
        {looked && <Looked found={looked} />}
      </output>
      <Notice error={there.error} />
      <div className={styles["buttons"]}>
        <Button type="primary" htmlType="submit" loading={there.isPending} disabled={which === OTHER && !address.trim()}>
          {which === OTHER && !looked ? seam.look : seam.next}
        </Button>
        <Button loading={here.isPending} onClick={() => look({})}>
          {seam.lookAgain}
        </Button>
      </div>
    </form>
  );
}

function Looked({ found }: { found: Found }) {
  const { seam } = useWords();
  const format = useFormat();
  if (!found.why) return <p>{seam.modelsThere(format.count(found.models.length))}</p>;
  return (
    <div>
      <p className={styles["trouble"]}>{seam.whyNot(found.why)}</p>
      <p>
        {found.hint} {seam.typeAnyway}
      </p>
    </div>
  );
}

function keyNote(seam: Words["seam"], server: Server | undefined, isOptional: boolean): string {
  const key = server?.key;
  if (!key || key.source === "missing") return isOptional ? seam.keyOptional : "";
  const last = key.last ? seam.ending(key.last) : "";
  return seam.keyKept(key.source === "env" ? seam.fromEnv(last) : seam.stored(last));
}
