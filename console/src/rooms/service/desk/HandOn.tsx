import { App, Button, Form, Input, Modal, Select } from "antd";
import { useChange } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { nameOf, type Agent, type Skill } from "./people";
import { SHOWN } from "./useLive";

interface HandOnProps {
  id: string;
  agents: Agent[];
  onClose: () => void;
}

interface Chosen {
  /** A person's id, or a skill after `SKILL`. */
  to: string;
  note?: string;
}

const SKILL = "skill:";

/** Gives a conversation to a colleague, or to whoever has a skill and room, with a word along. */
export function HandOn({ id, agents, onClose }: HandOnProps) {
  const words = useWords();
  const format = useFormat();
  const { message } = App.useApp();
  const transfer = useChange("service.transfer_conversation", { shownBy: SHOWN });
  const colleagues = agents.filter((agent) => !agent.is_me);
  const finish = ({ to, note = "" }: Chosen) => {
    const skill = to.startsWith(SKILL) ? (to.slice(SKILL.length) as Skill) : null;
    transfer.mutate(
      { id, note: note.trim(), ...(skill ? { skill } : { to }) },
      {
        onSuccess: () => {
          void message.success(words.desk.transferred);
          onClose();
        },
      },
    );
  };
  const labelOf = (agent: Agent) => {
    const name = nameOf(agent, words);
    if (!agent.is_on) return words.desk.away(name);
    return words.desk.load(name, format.count(agent.load), format.count(agent.most));
  };
  const options = [
    {
      label: words.desk.bySkill,
      options: Object.entries(words.desk.skills).map(([skill, label]) => ({ value: `${SKILL}${skill}`, label })),
    },
    {
      label: words.desk.colleagues,
      options: colleagues.map((agent) => ({ value: agent.id, label: labelOf(agent) })),
    },
  ].filter((group) => group.options.length > 0);
  return (
    <Modal open onCancel={onClose} title={words.desk.transfer} footer={null} destroyOnHidden>
      <Form layout="vertical" onFinish={finish}>
        <Notice error={transfer.error} />
        <Form.Item name="to" label={words.desk.handTo} rules={[{ required: true, message: words.signIn.required }]}>
          <Select options={options} />
        </Form.Item>
        <Form.Item name="note" label={words.desk.transferNote} extra={words.desk.transferNoteHint}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={transfer.isPending}>
          {words.desk.transfer}
        </Button>
      </Form>
    </Modal>
  );
}
