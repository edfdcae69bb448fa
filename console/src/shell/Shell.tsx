import { useEffect, useState } from "react";
import { Drawer } from "antd";
import { Outlet, ScrollRestoration } from "react-router";
import { useWords } from "@/words";
import { rememberShop } from "./gates";
import { MobileBar } from "./MobileBar";
import { Navigation } from "./Navigation";
import { RunningWork } from "./RunningWork";
import { SetupBanner } from "./SetupBanner";
import styles from "./Shell.module.css";
import { useShopId } from "./useShopId";

/** The frame around the screens of one shop. */
export function Shell() {
  const words = useWords();
  const shop = useShopId();
  const [menu, setMenu] = useState(false);
  useEffect(() => rememberShop(shop), [shop]);
  return (
    <div className={styles["shell"]}>
      <a className={styles["skip"]} href="#content">
        {words.nav.skip}
      </a>
      <aside className={styles["counter"]}>
        <Navigation />
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
        <Navigation onLeave={() => setMenu(false)} />
      </Drawer>
      <main id="content" className={styles["content"]} tabIndex={-1}>
        <SetupBanner />
        <Outlet />
      </main>
      <RunningWork />
      <MobileBar onMore={() => setMenu(true)} />
      <ScrollRestoration />
    </div>
  );
}
