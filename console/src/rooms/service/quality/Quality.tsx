import { Segmented } from "antd";
import { useRead } from "@/api/hooks";
import { known } from "@/shell/Choice";
import { Page } from "@/shell/Page";
import { Await, Empty } from "@/shell/States";
import { Toolbar } from "@/shell/Toolbar";
import { useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords, type Words } from "@/words";
import { Daily } from "./Daily";
import { Judged } from "./Judged";
import { Judging } from "./Judging";
import styles from "./Quality.module.css";

type Which = keyof Words["quality"]["tabs"];

/** Where people judge a sample of what the program said by itself. */
export function Component() {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const which: Which = known(words.quality.tabs, address.get("which")) ?? "waiting";
  const query = useRead("service.list_reviews", { which });
  return (
    <Page title={words.quality.title} lead={words.quality.lead}>
      <Toolbar>
        <Segmented<Which>
          aria-label={words.quality.which}
          value={which}
          onChange={(value) => address.set({ which: value })}
          options={(["waiting", "judged"] as const).map((value) => ({
            value,
            label: words.quality.tabs[value],
          }))}
        />
        {query.data && <span className="muted">{words.quality.left(format.count(query.data.waiting))}</span>}
        {query.data && <Daily key={query.data.daily} daily={query.data.daily} />}
      </Toolbar>
      <Await query={query} rows={8}>
        {(page) =>
          which === "waiting" ? (
            <Judging items={page.items} />
          ) : page.items.length === 0 ? (
            <Empty title={words.quality.noneJudged} />
          ) : (
            <ul className={styles["list"]} aria-label={words.quality.tabs.judged}>
              {page.items.map((item) => (
                <Judged key={`${item.conversation_id} ${item.seq}`} item={item} />
              ))}
            </ul>
          )
        }
      </Await>
    </Page>
  );
}
