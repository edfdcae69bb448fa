import { Button, Checkbox, Select } from "antd";
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import type { Item } from "@/api/client";
import { useRead, useRole } from "@/api/hooks";
import { Export } from "@/shell/Export";
import { PlusOutlined } from "@/shell/icons";
import { SearchBox } from "@/shell/SearchBox";
import { Pager } from "@/shell/Pager";
import { Await, Empty } from "@/shell/States";
import { Toolbar } from "@/shell/Toolbar";
import { PAGE_SIZE, useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { FaqBulk } from "./FaqBulk";
import styles from "./knowledge.module.css";

const FaqForm = lazy(async () => ({ default: (await import("./FaqForm")).FaqForm }));

type Faq = Item<"knowledge.list_faqs">;

/** The files of quick phrases that 千牛 takes. */
const PHRASES = ["xlsx", "gbk", "csv"] as const;
const VALIDITIES = ["any", "told", "coming", "past"] as const;

/** What the shop has answered, each with the other ways it is asked. */
export function Faqs() {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const q = address.get("q");
  const owner = useRole() === "owner";
  const [edited, setEdited] = useState<Faq | "new" | null>(null);
  const [marked, setMarked] = useState<string[]>([]);
  const category = address.get("category");
  const validity = VALIDITIES.find((each) => each === address.get("validity")) ?? "any";
  const narrowed = q !== "" || category !== "" || validity !== "any";
  const query = useRead("knowledge.list_faqs", { q, category, validity, page: address.page, size: PAGE_SIZE });
  return (
    <>
      <Toolbar>
        <SearchBox label={words.answers.searchFaqs} value={q} onChange={(value) => address.set({ q: value })} />
        <Select
          aria-label={words.bulk.categoryName}
          allowClear
          showSearch
          className={styles["filter"] ?? ""}
          placeholder={words.bulk.anyCategory}
          value={category || null}
          options={query.data?.categories.map((value) => ({ value, label: value })) ?? []}
          onChange={(value: string | null | undefined) => address.set({ category: value ?? null })}
        />
        <Select
          aria-label={words.bulk.validity}
          className={styles["filter"] ?? ""}
          value={validity}
          options={VALIDITIES.map((value) => ({ value, label: words.bulk.validities[value] }))}
          onChange={(value) => address.set({ validity: value === "any" ? null : value })}
        />
        {owner && (
          <Button icon={<PlusOutlined />} onClick={() => setEdited("new")}>
            {words.answers.addFaq}
          </Button>
        )}
        <Export
          table="answers"
          given={{ q, category, validity }}
          forms={PHRASES.map((kind) => ({ table: "phrases", kind, label: words.answers.asPhrases[kind] }))}
          formsHint={words.answers.phrasesHint}
        />
      </Toolbar>
      <div className="card">
        <Await query={query}>
          {({ items, total, categories }) =>
            items.length === 0 ? (
              <Nothing searched={narrowed} onClear={() => address.set({ q: null, category: null, validity: null })} />
            ) : (
              <>
                {owner && (
                  <FaqBulk
                    shown={items.map(({ id }) => id)}
                    chosen={items.map(({ id }) => id).filter((id) => marked.includes(id))}
                    categories={categories}
                    onChoose={setMarked}
                  />
                )}
                <ul className={styles["entries"]}>
                  {items.map((faq) => (
                    <Entry
                      key={faq.id}
                      faq={faq}
                      {...(owner && {
                        marked: marked.includes(faq.id),
                        onMark: (on: boolean) =>
                          setMarked(on ? [...marked, faq.id] : marked.filter((id) => id !== faq.id)),
                        onEdit: () => setEdited(faq),
                      })}
                    />
                  ))}
                </ul>
                <footer className={styles["footer"]}>
                  <span className="muted">{words.common.total(format.count(total))}</span>
                  <Pager page={address.page} total={total} size={PAGE_SIZE} />
                </footer>
              </>
            )
          }
        </Await>
      </div>
      {edited && (
        <Suspense>
          <FaqForm faq={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
        </Suspense>
      )}
    </>
  );
}

interface EntryProps {
  faq: Faq;
  marked?: boolean;
  onMark?: (on: boolean) => void;
  onEdit?: () => void;
}

function Entry({ faq, marked = false, onMark, onEdit }: EntryProps) {
  const words = useWords();
  const format = useFormat();
  return (
    <li className={`${styles["entry"]} ${onMark ? styles["proposal"] : ""}`}>
      {onMark && (
        <Checkbox
          aria-label={words.answers.select(faq.question || faq.answer)}
          checked={marked}
          onChange={(event) => onMark(event.target.checked)}
        />
      )}
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
