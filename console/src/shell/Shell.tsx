import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import { Outlet, ScrollRestoration } from "react-router";
import { useWords } from "@/words";
import { rememberShop } from "./gates";
import { MobileBar } from "./MobileBar";
import { Navigation } from "./Navigation";
import { RunningWork } from "./RunningWork";
import { SetupBanner } from "./SetupBanner";
import styles from "./Shell.module.css";
import { useShopId } from "./useShopId";

const Side = lazy(async () => ({ default: (await import("./opened")).Side }));
const Palette = lazy(async () => ({ default: (await import("./Palette")).Palette }));

/** The frame around the screens of one shop. */
export function Shell() {
  const words = useWords();
  const shop = useShopId();
  const [menu, setMenu] = useState(false);
  const [finding, setFinding] = useState(false);
  useEffect(() => rememberShop(shop), [shop]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      setFinding((before) => !before);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  const find = () => {
    setMenu(false);
    setFinding(true);
  };
  return (
    <div className={styles["shell"]}>
      <a className={styles["skip"]} href="#content">
        {words.nav.skip}
      </a>
      <aside className={styles["counter"]}>
        <Navigation onFind={find} />
      </aside>
      <Once when={menu}>
        <Side open={menu} onClose={() => setMenu(false)} label={words.nav.label}>
          <Navigation onFind={find} onLeave={() => setMenu(false)} />
        </Side>
      </Once>
      <main id="content" className={styles["content"]} tabIndex={-1}>
        <SetupBanner />
        <Outlet />
      </main>
      <Once when={finding}>
        <Palette open={finding} onClose={() => setFinding(false)} />
      </Once>
      <RunningWork />
      <MobileBar onMore={() => setMenu(true)} />
      <ScrollRestoration />
    </div>
  );
}

/** What is not there until it is first wanted, and from then on stays, to close as softly as it opens. */
function Once({ when, children }: { when: boolean; children: ReactNode }) {
  const [wanted, setWanted] = useState(when);
  if (when && !wanted) setWanted(true);
  return wanted && <Suspense>{children}</Suspense>;
}
