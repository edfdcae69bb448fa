import { GlobalOutlined } from "@/shell/icons";
import { Button } from "antd";
import { useEffect, type ReactNode } from "react";
import { usePreferences } from "@/shell/preferences";
import { Seal } from "@/shell/Seal";
import { useTellProblem } from "@/shell/useProblem";
import { useWords } from "@/words";
import { speak } from "@/words/speak";
import styles from "./Gate.module.css";

interface GateProps {
  title: string;
  lead?: string;
  children: ReactNode;
}

/** The front door: whatever happens before or beside a shop. */
export function Gate({ title, lead, children }: GateProps) {
  const words = useWords();
  const { language } = usePreferences();
  const tell = useTellProblem();
  const other = language === "zh" ? "en" : "zh";
  useEffect(() => {
    document.title = `${title} · ${words.product}`;
  }, [title, words]);
  return (
    <div className={styles["gate"]}>
      <div className={styles["sign"]}>
        <div className={styles["brand"]}>
          <Seal size={44} />
          <span className={styles["name"]}>{words.product}</span>
          <span className={styles["latin"]}>{words.productLatin}</span>
        </div>
        <p className={styles["tagline"]}>{words.signIn.tagline}</p>
        <p className={styles["promise"]}>{words.signIn.promise}</p>
      </div>
      <main className={styles["desk"]}>
        <div className={styles["language"]}>
          <Button
            type="text"
            icon={<GlobalOutlined />}
            lang={other}
            onClick={() => void speak(other).catch(tell)}
          >
            {words.languages[other]}
          </Button>
        </div>
        <div className={styles["form"]}>
          <h1>{title}</h1>
          {lead && <p className={styles["lead"]}>{lead}</p>}
          {children}
        </div>
      </main>
    </div>
  );
}
