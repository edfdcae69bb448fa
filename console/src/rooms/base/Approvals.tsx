import { App, Button } from "antd";
import type { Item } from "@/api/client";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Await, Empty } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./settings.module.css";

type Approval = Item<"base.list_approvals">;

/** Calls that wait for an owner; what is shown is what will run. */
export function Component() {
  const decides = useRole() === "owner";
  const words = useWords();
  const query = useRead("base.list_approvals", {});
  return (
    <section className={styles["panel"]}>
      <div className={styles["between"]}>
        <p className="muted">{words.settings.approvalsLead}</p>
      </div>
      <div className="card">
        <Await query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={words.settings.approvalsEmpty} hint={words.settings.approvalsEmptyHint} />
            ) : (
              <ul className={styles["rows"]}>
                {items.map((approval) => (
                  <Waiting key={approval.id} approval={approval} decides={decides} />
                ))}
              </ul>
            )
          }
        </Await>
      </div>
    </section>
  );
}

function Waiting({ approval, decides }: { approval: Approval; decides: boolean }) {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const decide = useChange("base.decide_approval");
  const go = (approve: boolean) =>
    decide.mutate(
      { approval_id: approval.id, approve },
      {
        onSuccess: () =>
          void message.success(approve ? words.settings.approved : words.settings.refused),
        onError: tell,
      },
    );
  return (
    <li>
      <span className={styles["grow"]}>
        <b>{approval.purpose}</b>
        <small className="muted">
          {words.settings.requestedBy(approval.requested_by)} ·{" "}
          {words.settings.expires(format.time(approval.expires_at))}
        </small>
        <details>
          <summary>{words.settings.details}</summary>
          <pre className={styles["given"]}>{JSON.stringify(approval.given, null, 2)}</pre>
        </details>
      </span>
      {decides && (
        <>
          <Button onClick={() => go(false)} disabled={decide.isPending}>
            {words.settings.refuse}
          </Button>
          <Button type="primary" onClick={() => go(true)} loading={decide.isPending}>
            {words.settings.approve}
          </Button>
        </>
      )}
    </li>
  );
}
