import { Button, Popover } from "antd";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";
import { useWords } from "@/words";
import { useAddress } from "./useAddress";
import { useShopId } from "./useShopId";
import { useViews } from "./useViews";
import { inAddress, viewOf, type View } from "./views";

/** What it opens is fetched then, not with the list. */
const Menu = lazy(() => import("./ViewsMenu"));

interface ViewsProps {
  /** Which list. */
  list: string;
  /** The parts of the address that narrow it. */
  by: readonly string[];
}

/** Names what a list shows now, and goes back to what was named before, by oneself or for all. */
export function Views({ list, by }: ViewsProps) {
  const words = useWords();
  const address = useAddress();
  const known = useViews(list);
  const [open, setOpen] = useState(false);
  const shows = Object.fromEntries(by.map((name) => [name, address.get(name)]).filter(([, value]) => value));
  const current = viewOf(known.views ?? [], shows);

  const put = (view: View) => {
    const said = inAddress(view);
    address.set(Object.fromEntries(by.map((name) => [name, said[name] ?? null])));
  };
  useOpening(known.views, put);
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={open}
      onOpenChange={setOpen}
      content={
        <Suspense>
          <Menu
            list={list}
            known={known}
            current={current}
            shows={shows}
            onShow={(view) => {
              put(view);
              setOpen(false);
            }}
          />
        </Suspense>
      }
    >
      <Button>{current?.name ?? words.views.title}</Button>
    </Popover>
  );
}

/** Opens a list in the person's default view, where its address says nothing of its own; once, so that the
 * view can be left. */
function useOpening(views: View[] | undefined, put: (view: View) => void): void {
  const shop = useShopId();
  const { search } = useLocation();
  const openedIn = useRef("");
  useEffect(() => {
    if (!views || openedIn.current === shop) return;
    openedIn.current = shop;
    const first = views.find((view) => view.is_default);
    if (first && search === "") put(first);
  }, [put, search, shop, views]);
}
