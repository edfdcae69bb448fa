import type { Item } from "@/api/client";
import { useRead, useRole } from "@/api/hooks";
import { Await, Empty } from "@/shell/States";
import { useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { DocumentDrop } from "./DocumentDrop";
import { DocumentPanel } from "./DocumentPanel";
import styles from "./documents.module.css";
import { Standing } from "./Standing";

type Document = Item<"knowledge.list_documents">;

/** The shop's manuals, size guides and terms, each cut into clauses that answers cite. */
export function Documents() {
  const words = useWords();
  const address = useAddress();
  const owner = useRole() === "owner";
  const query = useRead("knowledge.list_documents", {});
  return (
    <>
      {owner && <DocumentDrop />}
      <div className="card">
        <Await query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty
                title={words.documents.empty}
                hint={owner ? words.documents.emptyHint : words.documents.ownerOnly}
              />
            ) : (
              <ul className={styles["rows"]} aria-label={words.documents.title}>
                {items.map((document) => (
                  <Row key={document.id} document={document} onOpen={() => address.set({ document: document.id })} />
                ))}
              </ul>
            )
          }
        </Await>
      </div>
      <DocumentPanel id={address.get("document")} onClose={() => address.set({ document: null })} />
    </>
  );
}

function Row({ document, onOpen }: { document: Document; onOpen: () => void }) {
  const words = useWords();
  const format = useFormat();
  return (
    <li>
      <button type="button" className={styles["open"]} onClick={onOpen}>
        <b>{document.title}</b>
        <small className="muted">
          {words.documents.clauses(format.count(document.clauses))}
          {" · "}
          {document.file_name ?? words.documents.byHand}
          {" · "}
          {words.documents.addedAt(format.day(document.added_at))}
          {document.versions.length > 1 && (
            <>
              {" · "}
              {words.documents.versionCount(format.count(document.versions.length))}
            </>
          )}
        </small>
      </button>
      <Standing version={document} />
    </li>
  );
}
