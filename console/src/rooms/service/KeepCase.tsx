import { App, Button, Dropdown } from "antd";
import type { Given, Got } from "@/api/client";
import { useChange, useRole } from "@/api/hooks";
import { ExperimentOutlined } from "@/shell/icons";
import { useTellProblem } from "@/shell/useProblem";
import { useWords } from "@/words";
import styles from "./Ask.module.css";

interface KeepCaseProps {
  asked: Given<"service.ask">;
  answer: Got<"service.ask">;
}

/** Keeps a question as a test: to be dealt with as it was, or to be handed over. */
export function KeepCase({ asked, answer }: KeepCaseProps) {
  const words = useWords();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const save = useChange("service.save_case");
  if (useRole() === "viewer") return null;
  const { files_work: _, explain: __, ...question } = asked;
  const keep = (decision: KeepCaseProps["answer"]["decision"]) =>
    save.mutate(
      { ...question, decision, sources: decision === "answer" ? answer.sources.map(({ id }) => id) : [] },
      { onSuccess: () => void message.success(words.evaluation.keptNow), onError: tell },
    );
  const items = [
    { key: "so", label: words.evaluation.keepSo },
    { key: "handoff", label: words.evaluation.keepHandoff },
  ];
  return (
    <div className={styles["keep"]}>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: answer.decision === "handoff" ? items.slice(0, 1) : items,
          onClick: ({ key }) => keep(key === "so" ? answer.decision : "handoff"),
        }}
      >
        <Button type="text" size="small" icon={<ExperimentOutlined />} loading={save.isPending}>
          {words.evaluation.keep}
        </Button>
      </Dropdown>
    </div>
  );
}
