import { App, Button } from "antd";
import { lazy, Suspense, useState } from "react";
import type { Item } from "@/api/client";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Await } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useWords } from "@/words";
import styles from "./Check.module.css";

export type Topic = Item<"knowledge.list_topics">["id"];

const Write = lazy(async () => ({ default: (await import("./WriteTopic")).WriteTopic }));

/** What every shop is asked about: on what nothing is written, and the usual rules to begin with. */
export function Topics() {
  const words = useWords();
  const owner = useRole() === "owner";
  const query = useRead("knowledge.list_topics", {});
  const [written, write] = useState<Topic | null>(null);
  const named = (topics: Topic[]) => topics.map((id) => words.checking.topics[id].name).join(words.checking.and);
  return (
    <Await query={query} rows={3}>
      {({ items }) => {
        const lacking = items.filter(({ is_covered: covered }) => !covered).map(({ id }) => id);
        const covered = items.filter((each) => each.is_covered).map(({ id }) => id);
        return (
          <>
            {lacking.length > 0 && (
              <section className={styles["lacking"]} aria-labelledby="lacking">
                <header>
                  <h3 id="lacking">{words.checking.lacking}</h3>
                  {owner && lacking.length > 1 && <AdoptAll ids={lacking} />}
                </header>
                <ul>
                  {lacking.map((id) => (
                    <li key={id}>
                      <span>
                        <b>{words.checking.topics[id].name}</b> {words.checking.topics[id].lacking}
                      </span>
                      {owner && (
                        <Button
                          size="small"
                          aria-label={words.checking.writeNamed(words.checking.topics[id].name)}
                          onClick={() => write(id)}
                        >
                          {words.checking.write}
                        </Button>
                      )}
                    </li>
                  ))}
                </ul>
                {!owner && <p className="muted">{words.checking.ownerWrites}</p>}
              </section>
            )}
            {covered.length > 0 && <p className="muted">{words.checking.covered(named(covered))}</p>}
            {written && (
              <Suspense>
                <Write id={written} onClose={() => write(null)} />
              </Suspense>
            )}
          </>
        );
      }}
    </Await>
  );
}

function AdoptAll({ ids }: { ids: Topic[] }) {
  const words = useWords();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const adopt = useChange("knowledge.adopt_starter_policies");
  const go = () => adopt.mutate({ ids }, { onSuccess: () => void message.success(words.answers.adopted), onError: tell });
  return (
    <Button type="primary" loading={adopt.isPending} onClick={go}>
      {words.checking.adopt}
    </Button>
  );
}
