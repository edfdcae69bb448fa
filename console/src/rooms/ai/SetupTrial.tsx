import { Button } from "antd";
import type { Got } from "@/api/client";
import { Notice } from "@/shell/Notice";
import { Tag } from "@/shell/Tag";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Setup.module.css";

type Result = Got<"ai.try_setup">;
type Item = Result["items"][number];

interface Running<Data> {
  data: Data | undefined;
  error: Error | null;
  isPending: boolean;
}

interface TrySetupProps {
  tries: Running<Result>;
  saves: Running<Result>;
  onBack: () => void;
  onAgain: () => void;
  onWrite: () => void;
}

/** How each role did, what it wrote and cost, or why not; and then it is written. */
export function TrySetup({ tries, saves, onBack, onAgain, onWrite }: TrySetupProps) {
  const { seam, models } = useWords();
  const tried = tries.isPending ? undefined : tries.data;
  const isBusy = tries.isPending || saves.isPending;
  return (
    <>
      <output className={styles["stack"]}>
        {tries.isPending && <p className="muted">{seam.trying}</p>}
        {tried && (
          <>
            <ul className={styles["outcomes"]} aria-label={seam.steps.trial}>
              {tried.items.map((item) => (
                <Outcome key={item.role} item={item} />
              ))}
            </ul>
            {tried.embedded.length > 0 && (
              <p className="muted">
                {seam.embeddedRoles(tried.embedded.map((role) => models.roleNames[role]).join(models.and))}
              </p>
            )}
            <p>{tried.is_well ? seam.wellAll : seam.notAll}</p>
          </>
        )}
      </output>
      <Notice error={tries.isPending ? null : tries.error} />
      <Notice error={saves.error} />
      <div className={styles["buttons"]}>
        {tried && (
          <Button type={tried.is_well ? "primary" : "default"} loading={saves.isPending} onClick={onWrite}>
            {tried.is_well ? seam.write : seam.writeAnyway}
          </Button>
        )}
        <Button
          type={tried?.is_well ? "default" : "primary"}
          loading={tries.isPending}
          disabled={isBusy}
          onClick={onAgain}
        >
          {seam.tryAgain}
        </Button>
        <Button disabled={isBusy} onClick={onBack}>
          {seam.back}
        </Button>
      </div>
    </>
  );
}

function Outcome({ item: { role, model, trial } }: { item: Item }) {
  const { seam, models } = useWords();
  const format = useFormat();
  return (
    <li>
      <b>{models.roleNames[role]}</b> <span className="mono">{model}</span>{" "}
      {trial ? (
        <Tag tone={trial.is_well ? "done" : "alarm"}>{trial.is_well ? seam.well : seam.notWell}</Tag>
      ) : (
        <Tag tone="quiet">{seam.notTried}</Tag>
      )}
      {trial?.is_well && (
        <>
          <p>{models.said(trial.said ?? "")}</p>
          <p className="muted">{seam.took(format.count(trial.ms), format.cost(trial.cost_micro))}</p>
        </>
      )}
      {trial && !trial.is_well && (
        <>
          <p className={styles["trouble"]}>{models.notWell(trial.why ?? "")}</p>
          {trial.hint && <p>{trial.hint}</p>}
        </>
      )}
    </li>
  );
}
