import { lazy, Suspense, useEffect, useState } from "react";
import { Link } from "react-router";
import type { Item } from "@/api/client";
import { useRead } from "@/api/hooks";
import { Await, Loading } from "@/shell/States";
import { useShopId } from "@/shell/useShopId";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { Dropzone } from "../Dropzone";
import { ImportState } from "../ImportState";
import { forgetUpload, useUpload } from "../uploads";
import { useImport } from "../useImport";
import styles from "./Bring.module.css";

const ImportBody = lazy(async () => ({ default: (await import("../ImportBody")).ImportBody }));

/** A merchant's files, from where they are found to what came of them, without leaving the guide. */
export function Component() {
  const shop = useShopId();
  const imports = useRead("shop.list_imports", {});
  const [left, leave] = useState<string | null>(null);
  const arrived = useUpload(shop)?.importId;
  useEffect(() => {
    // It is among the imports from now on.
    if (arrived) forgetUpload(shop);
  }, [arrived, shop]);
  return (
    <div className={styles["bring"]}>
      <Await query={imports} rows={3}>
        {({ items }) => {
          const last = items.find(({ id }) => id !== left);
          if (last && last.state !== "done" && last.state !== "undone") {
            return <Open key={last.id} id={last.id} onLeave={() => leave(last.id)} />;
          }
          return (
            <>
              {last && <Last last={last} />}
              <Where isOpen={!last} />
              <Dropzone />
              <Samples />
            </>
          );
        }}
      </Await>
    </div>
  );
}

/** An import that somebody has to confirm, that is on its way, or that broke off. */
function Open({ id, onLeave }: { id: string; onLeave: () => void }) {
  const query = useImport(id);
  return (
    <Await query={query} rows={3}>
      {(found) => (
        <Suspense fallback={<Loading rows={3} />}>
          <ImportBody found={found} onLeave={onLeave} />
        </Suspense>
      )}
    </Await>
  );
}

function Last({ last }: { last: Item<"shop.list_imports"> }) {
  const words = useWords();
  const format = useFormat();
  const { accepted, rejected } = last;
  return (
    <p className={styles["last"]}>
      <ImportState state={last.state} />
      {last.state === "done" && (
        <span>
          {words.bringing.took(format.count(accepted))}
          {rejected > 0 && ` ${words.bringing.refused(format.count(rejected))}`}
        </span>
      )}
      <Link to={`../import/${last.id}`}>{words.imports.seeReport}</Link>
    </p>
  );
}

/** Which exports work, and where a merchant finds them; folded away once one was found. */
function Where({ isOpen }: { isOpen: boolean }) {
  const words = useWords();
  return (
    <details open={isOpen} className={styles["where"]}>
      <summary>{words.bringing.whereTitle}</summary>
      <dl>
        {words.bringing.where.map(([what, where]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd className="muted">{where}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Samples() {
  const words = useWords();
  return (
    <p className={styles["samples"]}>
      {words.bringing.samplesLead}{" "}
      {words.bringing.samples.map(([file, name]) => (
        <a key={file} href={`/samples/${file}`} download={`${name}.csv`}>
          {name}
        </a>
      ))}
    </p>
  );
}
