import type { Got } from "@/api/client";
import { useRead, useRole } from "@/api/hooks";
import { Page } from "@/shell/Page";
import { Await, Empty } from "@/shell/States";
import { useWords } from "@/words";
import { Budgets } from "./Budgets";
import { Connecting } from "./Connecting";
import { Line } from "./Line";
import styles from "./Models.module.css";
import { Roles } from "./Roles";
import { UsageSection } from "./Usage";

export type Found = Got<"ai.models">;

/** Which language models there are and what they do, what they cost, and what they may cost. */
export function Component() {
  const words = useWords();
  const query = useRead("ai.models", {});
  return (
    <Page title={words.models.title} lead={words.models.lead}>
      <div className={styles["sheet"]}>
        <Await query={query} rows={8}>
          {(found) => <Playing found={found} />}
        </Await>
        <UsageSection />
        <Budgets />
      </div>
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
      <Connecting isOpen={found.items.length === 0} />
    </>
  );
}
