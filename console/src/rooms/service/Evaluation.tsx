import { Button } from "antd";
import { useNavigate } from "react-router";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Page } from "@/shell/Page";
import { useTellProblem } from "@/shell/useProblem";
import { useWords } from "@/words";
import { Cases } from "./Cases";
import styles from "./Evaluation.module.css";
import { Evaluations } from "./Evaluations";

/** How well the service does by the shop's own tests: what was found, and the tests. */
export function Component() {
  const words = useWords();
  const tell = useTellProblem();
  const navigate = useNavigate();
  const works = useRole() !== "viewer";
  const cases = useRead("service.list_cases", { size: 1 });
  const start = useChange("service.start_evaluation");
  const go = () =>
    start.mutate(
      {},
      {
        onSuccess: ({ id }) => void navigate(id),
        onError: tell,
      },
    );
  return (
    <Page
      title={words.evaluation.title}
      lead={words.evaluation.lead}
      actions={
        works && (
          <Button type="primary" disabled={!cases.data?.total} loading={start.isPending} onClick={go}>
            {words.evaluation.start}
          </Button>
        )
      }
    >
      <div className={styles["parts"]}>
        <Evaluations />
        <Cases works={works} />
      </div>
    </Page>
  );
}
