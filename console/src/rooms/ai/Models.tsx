import { Alert, App, Button } from "antd";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import type { Got } from "@/api/client";
import { useChange, useRead, useRole, useSession } from "@/api/hooks";
import { Page } from "@/shell/Page";
import { Await, Empty } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useWords } from "@/words";
import { Budgets } from "./Budgets";
import { Calls } from "./Calls";
import { Connecting } from "./Connecting";
import { Keys } from "./Keys";
import { Line } from "./Line";
import styles from "./Models.module.css";
import { Prompts } from "./Prompts";
import { Roles } from "./Roles";
import { Sharing } from "./Sharing";
import { UsageSection } from "./Usage";

const SetupPanel = lazy(async () => ({ default: (await import("./Setup")).SetupPanel }));

export type Found = Got<"ai.models">;

/** Which language models there are and what they do, what they cost, and what they may cost. */
export function Component() {
  const words = useWords();
  const query = useRead("ai.models", {});
  const owner = useRole() === "owner";
  const isOperator = useSession().data?.user?.is_operator === true;
  const [bringing, setBringing] = useState(false);
  const mayBring = owner && isOperator;
  // The drawer is gone at once and gives its focus to nobody.
  const opener = useRef<HTMLButtonElement>(null);
  const wasBringing = useRef(false);
  useEffect(() => {
    if (wasBringing.current && !bringing) opener.current?.focus();
    wasBringing.current = bringing;
  }, [bringing]);
  const found = query.data;
  return (
    <Page
      title={words.models.title}
      lead={words.models.lead}
      actions={
        mayBring && (
          <>
            {found?.can_undo && <Undo />}
            <Button ref={opener} type="primary" onClick={() => setBringing(true)}>
              {words.seam.bring}
            </Button>
          </>
        )
      }
    >
      <div className={styles["sheet"]}>
        {found?.problem && (
          <Alert type="error" showIcon title={words.seam.problem} description={found.problem} role="alert" />
        )}
        <Await query={query} rows={8}>
          {(shown) => <Playing found={shown} />}
        </Await>
        {found && found.servers.length > 0 && <Keys found={found} mayChange={mayBring} />}
        <UsageSection />
        <Budgets />
        <Sharing />
        <Calls />
        {found && <Prompts found={found} />}
        {mayBring && <Connecting />}
      </div>
      {bringing && (
        <Suspense>
          <SetupPanel onClose={() => setBringing(false)} />
        </Suspense>
      )}
    </Page>
  );
}

function Playing({ found }: { found: Found }) {
  const words = useWords();
  const owner = useRole() === "owner";
  const { models } = words;
  return (
    <>
      <Roles found={found} />
      <section aria-labelledby="models-listed">
        <h2 id="models-listed" className={styles["heading"]}>
          {models.listed}
        </h2>
        <div className="card">
          {found.items.length === 0 ? (
            <Empty title={models.noModels} hint={models.noModelsHint} />
          ) : (
            <ul className={styles["lines"]} aria-labelledby="models-listed">
              {found.items.map((model) => (
                <Line key={model.name} model={model} />
              ))}
            </ul>
          )}
        </div>
        {found.items.length > 0 && <p className={styles["note"]}>{owner ? models.testHint : models.owners}</p>}
      </section>
    </>
  );
}

function Undo() {
  const { seam } = useWords();
  const tell = useTellProblem();
  const { modal, message } = App.useApp();
  const undoes = useChange("ai.undo_setup");
  const ask = () =>
    modal.confirm({
      title: seam.undoAsk,
      content: seam.undoHint,
      okText: seam.undo,
      onOk: () =>
        undoes
          .mutateAsync({})
          .then(() => void message.success(seam.undone))
          .catch(tell),
    });
  return <Button onClick={ask}>{seam.undo}</Button>;
}
