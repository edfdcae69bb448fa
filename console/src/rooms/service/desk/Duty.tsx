import { App, Button, Checkbox, Input, Switch } from "antd";
import { lazy, useState } from "react";
import { useChange, useRole } from "@/api/hooks";
import { SettingOutlined } from "@/shell/icons";
import { Later } from "@/shell/later";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Desk.module.css";
import { nameOf, type Agent, type DeskView } from "./people";
import { SHOWN } from "./useLive";

const Popover = lazy(async () => ({ default: (await import("@/shell/opened")).OpenPopover }));
/** As the server has it. */
const LARGEST = 100;

/** Whether one takes conversations now, of which kind and how many. */
export function Duty({ desk }: { desk: DeskView }) {
  const words = useWords();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const save = useChange("service.set_desk", { shownBy: SHOWN });
  const me = desk.agents.find((agent) => agent.is_me);
  if (useRole() === "viewer" || !me) return null;
  const put = (change: Partial<Pick<Agent, "is_on" | "skills" | "most">>, then: () => void) =>
    save.mutate(
      { is_on: me.is_on, skills: me.skills, most: me.most, ...change },
      { onSuccess: then, onError: tell },
    );
  const turn = (isOn: boolean) =>
    put({ is_on: isOn }, () => void message.success(isOn ? words.desk.cameHint : words.desk.wentHint));
  return (
    <span className={styles["duty"]}>
      <Switch checked={me.is_on} loading={save.isPending} aria-label={words.desk.comeAndGo} onChange={turn} />
      <span>{me.is_on ? words.desk.online : words.desk.offline}</span>
      <Later
        what={Popover}
        given={{
          title: words.desk.settings,
          onClose: () => undefined,
          content: (close: () => void) => (
            <Settings desk={desk} me={me} onSave={(change) => put(change, close)} />
          ),
        }}
        button={<Button type="text" icon={<SettingOutlined />} aria-label={words.desk.settings} />}
      />
    </span>
  );
}

interface SettingsProps {
  desk: DeskView;
  me: Agent;
  onSave: (change: Pick<Agent, "skills" | "most">) => void;
}

function Settings({ desk, me, onSave }: SettingsProps) {
  const words = useWords();
  const format = useFormat();
  const [skills, setSkills] = useState(me.skills);
  const [most, setMost] = useState(String(me.most));
  const many = Math.round(Number(most));
  const on = desk.agents.filter((agent) => agent.is_on);
  return (
    <div className={styles["settings"]}>
      <fieldset>
        <legend>{words.desk.mySkills}</legend>
        {desk.skills.map((skill) => (
          <Checkbox
            key={skill}
            checked={skills.includes(skill)}
            onChange={({ target }) =>
              setSkills(target.checked ? [...skills, skill] : skills.filter((each) => each !== skill))
            }
          >
            {words.desk.skills[skill]}
          </Checkbox>
        ))}
      </fieldset>
      <small className="muted">{words.desk.mySkillsHint}</small>
      <label className={styles["most"]}>
        {words.desk.most}
        <Input
          type="number"
          min={1}
          max={LARGEST}
          value={most}
          style={{ width: 84 }}
          onChange={(event) => setMost(event.target.value)}
        />
      </label>
      <Button
        type="primary"
        disabled={!(many >= 1 && many <= LARGEST)}
        onClick={() => onSave({ skills, most: many })}
      >
        {words.common.save}
      </Button>
      <div>
        <b>{words.desk.others}</b>
        {on.length === 0 ? (
          <p className="muted">{words.desk.nobodyOn}</p>
        ) : (
          <ul>
            {on.map((agent) => (
              <li key={agent.id}>
                <span>{nameOf(agent, words)}</span>
                <span className="muted">
                  {words.desk.count(format.count(agent.load), format.count(agent.most))}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
