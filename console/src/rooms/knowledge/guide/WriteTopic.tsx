import { useRead } from "@/api/hooks";
import { Panel } from "@/shell/Panel";
import { Await } from "@/shell/States";
import { useWords } from "@/words";
import { PolicyForm } from "../PolicyForm";
import styles from "./Check.module.css";
import type { Topic } from "./Topics";

/** The form of a policy, filled in with what most shops say on a topic. */
export function WriteTopic({ id, onClose }: { id: Topic; onClose: () => void }) {
  const words = useWords();
  const query = useRead("knowledge.list_policies", { starters: true });
  return (
    <Panel wide open onClose={onClose} title={words.checking.writeNamed(words.checking.topics[id].name)}>
      <p className={styles["adapt"]}>{words.checking.adapt}</p>
      <Await query={query}>
        {({ items }) => <PolicyForm policy={items.find((policy) => policy.id === id) ?? null} onClose={onClose} />}
      </Await>
    </Panel>
  );
}
