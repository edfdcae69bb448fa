import { Button, Pagination } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { Item } from "@/api/client";
import { useRead, useRole } from "@/api/hooks";
import { Export } from "@/shell/Export";
import { PlusOutlined } from "@/shell/icons";
import { SearchBox } from "@/shell/SearchBox";
import { Await, Empty } from "@/shell/States";
import { Toolbar } from "@/shell/Toolbar";
import { PAGE_SIZE, useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { FaqForm } from "./FaqForm";
import styles from "./knowledge.module.css";

type Faq = Item<"knowledge.list_faqs">;

/** What the shop has answered, each with the other ways it is asked. */
export function Faqs() {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const q = address.get("q");
  const owner = useRole() === "owner";
  const [edited, setEdited] = useState<Faq | "new" | null>(null);
  const query = useRead("knowledge.list_faqs", { q, page: address.page, size: PAGE_SIZE });
  return (
    <>
      <Toolbar>
        <SearchBox label={words.answers.searchFaqs} value={q} onChange={(value) => address.set({ q: value })} />
        {owner && (
          <Button icon={<PlusOutlined />} onClick={() => setEdited("new")}>
            {words.answers.addFaq}
          </Button>
        )}
        <Export table="answers" given={{ q }} />
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
                    <Entry key={faq.id} faq={faq} {...(owner && { onEdit: () => setEdited(faq) })} />
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
      {edited && <FaqForm faq={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function Entry({ faq, onEdit }: { faq: Faq; onEdit?: () => void }) {
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
          {(faq.valid_from || faq.valid_until) && (
            <span>{words.answers.valid(format.day(faq.valid_from), format.day(faq.valid_until))}</span>
          )}
          {!faq.is_told && <span className={styles["starter"]}>{words.answers.notTold}</span>}
          {onEdit && (
            <Button
              type="link"
              size="small"
              aria-label={words.answers.editThis(faq.question || faq.answer)}
              onClick={onEdit}
            >
              {words.answers.editFaq}
            </Button>
          )}
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
