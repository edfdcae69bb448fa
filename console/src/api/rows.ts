import { useQueries, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { usePreferences } from "@/shell/preferences";
import { useShopId } from "@/shell/useShopId";
import { pagesOf, type Window } from "@/shell/window";
import type { Given, Got, Item, ReadName } from "./client";
import { reading } from "./hooks";

/** Rows that a list asks for at a time. */
const SIZE = 50;
/** How long a view has to rest before rows are asked for: what only flies by is not. */
const REST_MS = 80;

/** Tools that list by pages. */
export type ListName = {
  [Name in ReadName]: Got<Name> extends { items: unknown[]; total: number; page: number } ? Name : never;
}[ReadName];

export interface Rows<Row> {
  /** What narrows the list, in a form to compare. */
  asked: string;
  /** How many there are; undefined until the first have come. */
  total: number | undefined;
  /** A row by its place from 0; undefined where it has not come yet. */
  at: (place: number) => Row | undefined;
  /** Those that have come, near what is seen, and where they stand. */
  near: Row[];
  come: Window;
  /** Asks for the rows of a window. */
  show: (shown: Window) => void;
  /** Rows are on their way. */
  isBusy: boolean;
  /** What is shown is of what was asked for before. */
  isOld: boolean;
  error: Error | null;
  retry: () => void;
}

interface Come<Row> {
  asked: string;
  total: number;
  pages: Map<number, Row[]>;
}

interface Page<Row> {
  items: Row[];
  total: number;
}

function paged<Name extends ListName>(given: object, page: number): Given<Name> {
  return { ...given, page, size: SIZE } as unknown as Given<Name>;
}

function together(results: UseQueryResult[]) {
  const failed = results.filter(({ error }) => error);
  return {
    data: results.map(({ data }) => data),
    isBusy: results.some(({ isFetching }) => isFetching),
    error: failed[0]?.error ?? null,
    retry: () => void Promise.all(failed.map(({ refetch }) => refetch())),
  };
}

/** A list of any length, of which what is seen is read, page by page. */
export function useRows<Name extends ListName>(name: Name, given: Omit<Given<Name>, "page" | "size">): Rows<Item<Name>> {
  type Row = Item<Name>;
  const shop = useShopId();
  const { language } = usePreferences();
  const asked = JSON.stringify(given);
  const [wanted, setWanted] = useState({ asked, first: 1, last: 1 });
  const { first, last } = wanted.asked === asked ? wanted : { first: 1, last: 1 };
  const { data, isBusy, error, retry } = useQueries({
    queries: range(first, last).map((page) => reading(shop, language, name, paged<Name>(given, page))),
    combine: together,
  });
  const come = useMemo(() => {
    const pages = new Map<number, Row[]>();
    let total: number | undefined;
    for (const [at, got] of (data as (Page<Row> | undefined)[]).entries()) {
      if (got === undefined) continue;
      pages.set(first + at, got.items);
      total = got.total;
    }
    return total === undefined ? undefined : { asked, total, pages };
  }, [data, asked, first]);
  const [held, setHeld] = useState<Come<Row>>();
  if (come !== undefined && come !== held) setHeld(come);
  // Until the first rows of another question come, the old ones stand, greyed.
  const isOld = come === undefined && held !== undefined && held.asked !== asked;
  const rows = isOld ? held : come;

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = (shown: Window) => {
    const next = pagesOf(shown, SIZE);
    clearTimeout(timer.current);
    if (next.first === first && next.last === last) return;
    timer.current = setTimeout(() => setWanted({ asked, ...next }), REST_MS);
  };
  return {
    asked,
    total: (come ?? held)?.total,
    at: (place) => rows?.pages.get(Math.floor(place / SIZE) + 1)?.[place % SIZE],
    near: [...(rows?.pages.values() ?? [])].flat(),
    come: { first: (first - 1) * SIZE, end: last * SIZE },
    show,
    isBusy,
    isOld,
    error,
    retry,
  };
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
