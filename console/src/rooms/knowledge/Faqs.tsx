import { Button, Pagination } from "antd";
import { Link } from "react-router";
import type { Item } from "@/api/client";
import { useRead } from "@/api/hooks";
import { SearchBox } from "@/shell/SearchBox";
import { Await, Empty } from "@/shell/States";
import { Toolbar } from "@/shell/Toolbar";
import { PAGE_SIZE, useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./knowledge.module.css";

type Faq = Item<"knowledge.list_faqs">;

/** What the shop has answered, each with the other ways it is asked. */
export function Faqs() {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const q = address.get("q");
  const query = useRead("knowledge.list_faqs", { q, page: address.page, size: PAGE_SIZE });
  return (
    <>
      <Toolbar>
        <SearchBox label={words.answers.searchFaqs} value={q} onChange={(value) => address.set({ q: value })} />
      </Toolbar>
      <div className="card">
        <Await query={query}>
          {({ items, total }) =>
            items.length === 0 ? (
              <Nothing searched={q !== ""} onClear={() => address.set({ q: null })} />
            ) : (
              <>
                <ul className={styles["entries"]}>
                  {items.map((faq) => (
                    <Entry key={faq.id} faq={faq} />
                  ))}
                </ul>
                <footer className={styles["footer"]}>
                  <span className="muted">{words.common.total(format.count(total))}</span>
                  <Pagination
                    current={address.page}
                    total={total}
                    pageSize={PAGE_SIZE}
                    showSizeChanger={false}
                    hideOnSinglePage
                    onChange={(page) => address.set({ page: String(page) }, { page: true })}
                  />
                </footer>
              </>
            )
          }
        </Await>
      </div>
    </>
  );
}

function Entry({ faq }: { faq: Faq }) {
  const words = useWords();
  const format = useFormat();
  return (
    <li className={styles["entry"]}>
      <h3>{faq.question}</h3>
      <div>
        <p className={styles["answer"]}>{faq.answer}</p>
        <p className={styles["meta"]}>
          <span className="mono">{`faq:${faq.id}`}</span>
          {faq.category && <span>{faq.category}</span>}
          {faq.is_phrase && <span>{words.answers.phrase}</span>}
        </p>
        {faq.similar.length > 0 && (
          <details className={styles["similar"]}>
            <summary>{words.answers.similar(format.count(faq.similar.length))}</summary>
            <ul aria-label={words.answers.similarTitle}>
              {faq.similar.map((wording) => (
                <li key={wording}>{wording}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}

function Nothing({ searched, onClear }: { searched: boolean; onClear: () => void }) {
  const words = useWords();
  if (searched) {
    return (
      <Empty title={words.answers.noMatch} hint={words.answers.noMatchHint}>
        <Button onClick={onClear}>{words.goods.clear}</Button>
      </Empty>
    );
  }
  return (
    <Empty title={words.answers.faqEmpty} hint={words.answers.faqEmptyHint}>
      <Link to="../import">
        <Button type="primary">{words.goods.bring}</Button>
      </Link>
    </Empty>
  );
}
