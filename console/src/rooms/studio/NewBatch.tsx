import { Button } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useChange, useRead } from "@/api/hooks";
import { Notice } from "@/shell/Notice";
import { Page } from "@/shell/Page";
import { useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { ChooseProducts } from "./ChooseProducts";
import { planOf, START, type Wanted } from "./plan";
import { PlanForm } from "./PlanForm";
import styles from "./studio.module.css";

/** Which products are chosen: some by id with their titles, or all that have base pictures. */
export interface Chosen {
  all: boolean;
  titles: ReadonlyMap<string, string>;
}

/** From products to a running batch, in two steps that the address tells apart. */
export function Component() {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const navigate = useNavigate();
  const style = address.get("style");
  const [chosen, setChosen] = useState<Chosen>({ all: false, titles: new Map() });
  const [wanted, setWanted] = useState<Wanted>({ ...START, styles: style ? [style] : [] });
  const brand = useRead("studio.get_brand", {});
  const start = useChange("studio.start_batch");
  const some = chosen.all || chosen.titles.size > 0;
  const choosing = address.get("step") !== "plan" || !some;

  const begin = () =>
    start.mutate(
      {
        name: wanted.name.trim(),
        product_ids: chosen.all ? [] : [...chosen.titles.keys()],
        q: "",
        with_pictures_only: chosen.all,
        waits_for_review: wanted.waits,
        plan: planOf(wanted, brand.data?.kit),
      },
      { onSuccess: ({ id }) => void navigate(`../studio/${id}`) },
    );
  return (
    <Page title={words.making.title} lead={words.making.lead}>
      <ol className={styles["steps"]}>
        <li aria-current={choosing ? "step" : undefined}>{words.making.chooseProducts}</li>
        <li aria-current={choosing ? undefined : "step"}>{words.making.choosePlan}</li>
      </ol>
      {choosing ? (
        <ChooseProducts chosen={chosen} onChoose={setChosen} />
      ) : (
        <PlanForm wanted={wanted} onChange={setWanted} />
      )}
      <section className={styles["foot"]} aria-label={words.making.title}>
        <Notice error={start.error} />
        <span>{said(chosen, words.making, format.count)}</span>
        {choosing && some && (
          <Button onClick={() => setChosen({ all: false, titles: new Map() })}>{words.making.clear}</Button>
        )}
        {choosing ? (
          <Button type="primary" disabled={!some} onClick={() => address.set({ step: "plan" })}>
            {words.making.next}
          </Button>
        ) : (
          <>
            <Button onClick={() => address.set({ step: null })}>{words.making.back}</Button>
            <Button
              type="primary"
              disabled={wanted.kinds.length === 0 || brand.isPending}
              loading={start.isPending}
              onClick={begin}
            >
              {words.making.start}
            </Button>
          </>
        )}
      </section>
    </Page>
  );
}

function said(
  chosen: Chosen,
  words: { allChosen: string; nobody: string; chosen: (n: string) => string },
  count: (n: number) => string,
): string {
  if (chosen.all) return words.allChosen;
  return chosen.titles.size === 0 ? words.nobody : words.chosen(count(chosen.titles.size));
}
