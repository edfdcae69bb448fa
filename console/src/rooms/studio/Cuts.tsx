import type { Item } from "@/api/client";
import { useRead } from "@/api/hooks";
import { Page } from "@/shell/Page";
import { Await, Empty } from "@/shell/States";
import { useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { CutEditor } from "./CutEditor";
import { named } from "./looking";
import styles from "./studio.module.css";

export type Cut = Item<"studio.list_cuts">;

const MOST = 100;

/** Doubtful cut-outs, the least sure first: brushed, or accepted as they are. */
export function Component() {
  const words = useWords();
  const query = useRead("studio.list_cuts", { size: MOST });
  return (
    <Page title={words.cuts.title} lead={words.cuts.lead}>
      <Await query={query}>
        {({ items, total }) =>
          items.length === 0 ? (
            <div className="card">
              <Empty title={words.cuts.empty} hint={words.cuts.emptyHint} />
            </div>
          ) : (
            <Queue items={items} total={total} />
          )
        }
      </Await>
    </Page>
  );
}

function Queue({ items, total }: { items: Cut[]; total: number }) {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const found = items.findIndex(({ frame }) => frame === address.get("frame"));
  const at = Math.max(0, found);
  const cut = items[at];
  const open = (frame: string | null) => address.set({ frame });
  if (!cut) return null;
  return (
    <div className={styles["queue"]}>
      <nav aria-label={words.cuts.queue}>
        <p className="muted">{words.cuts.position(format.count(at + 1), format.count(total))}</p>
        <ul className={styles["queued"]}>
          {items.map((each) => (
            <li key={each.frame}>
              <button
                type="button"
                className={`plain ${styles["queuedCut"]}`}
                aria-current={each.frame === cut.frame}
                onClick={() => open(each.frame)}
              >
                <img src={each.frame_small_url} alt="" loading="lazy" />
                <span>
                  <b>{each.title}</b>
                  <small className="muted">{words.cuts.sure(format.percent(each.confidence))}</small>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <section className={`card ${styles["padded"]}`} aria-label={cut.title}>
        <div className={styles["head"]}>
          <h2>{cut.title}</h2>
          <span className="muted">
            {cut.name} · {words.cuts.sure(format.percent(cut.confidence))}
          </span>
        </div>
        <ul className={styles["doubts"]}>
          {cut.doubts.map((doubt) => (
            <li key={doubt}>{named(words.cuts.doubts, doubt)}</li>
          ))}
        </ul>
        <CutEditor key={cut.mask_url} cut={cut} onNext={() => open(items[(at + 1) % items.length]?.frame ?? null)} />
      </section>
    </div>
  );
}
