import { Drawer } from "antd";
import type { ReactNode } from "react";
import styles from "./Panel.module.css";

interface PanelProps {
  open: boolean;
  title: ReactNode;
  extra?: ReactNode;
  /** For what stands side by side. */
  wide?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** One record, beside the list it was opened from; the whole screen on a phone. */
export function Panel({ open, title, extra, wide = false, onClose, children }: PanelProps) {
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={title}
      extra={extra}
      size={wide ? "min(920px, 100vw)" : "min(560px, 100vw)"}
      destroyOnHidden
      className={styles["panel"] ?? ""}
      styles={{ body: { display: "grid", padding: 0, overflow: "hidden" } }}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what is only read has to be scrolled by keys */}
      <div className={styles["body"]} tabIndex={0}>
        {children}
      </div>
    </Drawer>
  );
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles["section"]}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
