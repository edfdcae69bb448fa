import type { CSSProperties } from "react";
import { Link, useLocation } from "react-router";
import styles from "./RunningWork.module.css";
import { useRunningEvaluation, useRunningImport, type Running } from "./useRunning";
import { useShopId } from "./useShopId";

/** What the server is at work on while another screen is open, and the way to it. */
export function RunningWork() {
  const shop = useShopId();
  const { pathname } = useLocation();
  const isAt = (place: string) => pathname.startsWith(`/shops/${shop}/${place}`);
  const works = [useRunningImport(!isAt("import") && !isAt("start")), useRunningEvaluation(!isAt("evaluation"))];
  const running = works.filter((each): each is Running => each !== null);
  if (running.length === 0) return null;
  return (
    <div className={styles["chips"]}>
      {running.map(({ to, said, share }) => (
        <Link key={to} className={styles["chip"]} to={`/shops/${shop}/${to}`}>
          <span className={styles["dial"]} style={{ "--share": share } as CSSProperties} aria-hidden="true" />
          <span>{said}</span>
        </Link>
      ))}
    </div>
  );
}
