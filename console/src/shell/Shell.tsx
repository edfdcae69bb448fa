import { useEffect, useState } from "react";
import { Drawer } from "antd";
import { Outlet, ScrollRestoration } from "react-router";
import { useWords } from "@/words";
import { rememberShop } from "./gates";
import { MobileBar } from "./MobileBar";
import { Navigation } from "./Navigation";
import { Palette } from "./Palette";
import { RunningWork } from "./RunningWork";
import { SetupBanner } from "./SetupBanner";
import styles from "./Shell.module.css";
import { useShopId } from "./useShopId";

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
      <Drawer
        open={menu}
        onClose={() => setMenu(false)}
        placement="left"
        size={272}
        closable={false}
        aria-label={words.nav.label}
        styles={{ body: { padding: 0, background: "var(--counter)" } }}
      >
        <Navigation onFind={find} onLeave={() => setMenu(false)} />
      </Drawer>
      <main id="content" className={styles["content"]} tabIndex={-1}>
        <SetupBanner />
        <Outlet />
      </main>
      <Palette open={finding} onClose={() => setFinding(false)} />
      <RunningWork />
      <MobileBar onMore={() => setMenu(true)} />
      <ScrollRestoration />
    </div>
  );
}
