import { App, Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { Item } from "@/api/client";
import { useChange, useRole } from "@/api/hooks";
import { useRows } from "@/api/rows";
import { Choice, known } from "@/shell/Choice";
import { Page } from "@/shell/Page";
import { SearchBox } from "@/shell/SearchBox";
import { Empty, Failed, Loading } from "@/shell/States";
import { Toolbar } from "@/shell/Toolbar";
import { useAddress } from "@/shell/useAddress";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { ExportWorks } from "./ExportWorks";
import { named } from "./looking";
import { Reject } from "./Reject";
import styles from "./studio.module.css";
import { useStyles } from "./useStyles";
import { Wall } from "./Wall";
import { WorkPanel } from "./WorkPanel";

export type Work = Item<"studio.list_works">;

/** Everything that was made, to be looked through by keys: approved, or sent back with the reason. */
export function Component() {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const may = useRole() !== "viewer";
  const madeStyles = useStyles();
  const kind = known(words.studio.kinds, address.get("kind"));
  const state = known(words.works.states, address.get("state"));
  const filters = {
    q: address.get("q"),
    ...(kind && { kind }),
    ...(state && { state }),
    ...(address.get("style") && { style: address.get("style") }),
    ...(address.get("batch") && { batch_id: address.get("batch") }),
    ...(address.get("product") && { product_id: address.get("product") }),
  };
  const narrowed = Object.keys(filters).length > 1 || filters.q !== "";
  const rows = useRows("studio.list_works", filters);
  const [chosen, setChosen] = useState<ReadonlyMap<string, Work>>(new Map());
  const [rejecting, setRejecting] = useState<Work[]>([]);
  const approve = useChange("studio.approve_works");
  const opened = address.get("work");
  const open = (id: string | null) => address.set({ work: id }, { page: true });

  const approveAll = (works: readonly Work[]) => {
    if (!may || works.length === 0) return;
    void approve
      .mutateAsync({ ids: works.map(({ id }) => id) })
      .then(() => {
        setChosen(new Map());
        return message.success(words.works.approved(format.count(works.length)));
      })
      .catch(tell);
  };
  const rejectAll = (works: readonly Work[]) => may && setRejecting([...works]);
  const clear = () =>
    address.set({ q: null, kind: null, state: null, style: null, batch: null, product: null, work: null });
  const picked = [...chosen.values()];
  return (
    <Page title={words.works.title} lead={words.works.lead}>
      <Toolbar>
        <SearchBox label={words.works.search} value={filters.q} onChange={(q) => address.set({ q })} />
        <Choice
          label={words.works.kind}
          value={kind ?? ""}
          names={{ "": words.works.allKinds, ...words.studio.kinds }}
          onChange={(value) => address.set({ kind: value })}
        />
        <Choice
          label={words.works.style}
          value={address.get("style")}
          names={{
            "": words.works.allStyles,
            ...Object.fromEntries(madeStyles.map((style) => [style, named(words.studio.styles, style)])),
          }}
          onChange={(value) => address.set({ style: value })}
        />
        <Choice
          label={words.works.state}
          value={state ?? ""}
          names={{ "": words.works.allStates, ...words.works.states }}
          onChange={(value) => address.set({ state: value })}
        />
        {narrowed && <Button onClick={clear}>{words.works.clearFilters}</Button>}
        <ExportWorks filters={filters} ids={picked.map(({ id }) => id)} />
      </Toolbar>
      {rows.total === undefined ? (
        <div className="card">{rows.error ? <Failed error={rows.error} retry={rows.retry} /> : <Loading rows={8} />}</div>
      ) : rows.total === 0 ? (
        <div className="card">
          {narrowed ? (
            <Empty title={words.works.emptyFiltered}>
              <Button onClick={clear}>{words.works.clearFilters}</Button>
            </Empty>
          ) : (
            <Empty title={words.works.empty} hint={words.works.emptyHint}>
              <Link to="../studio/new">
                <Button type="primary">{words.batches.begin}</Button>
              </Link>
            </Empty>
          )}
        </div>
      ) : (
        <Wall
          rows={rows}
          total={rows.total}
          chosen={chosen}
          onChoose={setChosen}
          onOpen={(work) => open(work.id)}
          onApprove={approveAll}
          onReject={rejectAll}
        />
      )}
      {picked.length > 0 && (
        <section className={styles["foot"]} aria-label={words.works.chosen(format.count(picked.length))}>
          <span>{words.works.chosen(format.count(picked.length))}</span>
          <Button onClick={() => setChosen(new Map())}>{words.works.clear}</Button>
          <Button disabled={!may} onClick={() => rejectAll(picked)}>
            {words.works.reject}
          </Button>
          <Button type="primary" disabled={!may} loading={approve.isPending} onClick={() => approveAll(picked)}>
            {words.works.approve}
          </Button>
        </section>
      )}
      <WorkPanel
        id={opened}
        near={rows.near}
        onOpen={open}
        onApprove={(work) => approveAll([work])}
        onReject={(work) => rejectAll([work])}
      />
      <Reject
        works={rejecting}
        onClose={(done) => {
          setRejecting([]);
          if (done) setChosen(new Map());
        }}
      />
    </Page>
  );
}
