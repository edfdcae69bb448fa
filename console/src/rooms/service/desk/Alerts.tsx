import { App, Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useRead } from "@/api/hooks";
import { BellOutlined } from "@/shell/icons";
import { useWords } from "@/words";
import { alerts } from "./alerts";
import { useNow } from "./now";
import { whoOf } from "./people";
import { chime } from "./sound";
import { lookEvery } from "./useLive";

const KEY = "zhanggui.desk.alerts";

interface AlertsProps {
  /** The conversation that is open: that it became one's own needs no telling. */
  open: string;
  isLive: boolean;
}

/** A sound, and a notice by the browser, when something becomes one's own or is late; and their switch. */
export function Alerts({ open, isLive }: AlertsProps) {
  const words = useWords();
  const { message } = App.useApp();
  const [isOn, setOn] = useState(chosen);
  const now = useNow();
  const { data } = useRead(
    "service.list_conversations",
    { which: "people", whose: "mine", size: 100 },
    { enabled: isOn, every: () => lookEvery(isLive), behind: true },
  );
  const nobodys = useRead(
    "service.list_conversations",
    { which: "people", whose: "nobody", size: 100 },
    { enabled: isOn, every: () => lookEvery(isLive), behind: true },
  );
  const waiting = nobodys.data;
  const told = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (!isOn || !data || !waiting) return;
    const found = alerts(data.items, waiting.items, now);
    const before = told.current;
    told.current = new Set(found.map(({ key }) => key));
    const news = found.filter(
      ({ key, what, row }) => before !== null && !before.has(key) && !(what === "isMine" && row.id === open),
    );
    if (news.length === 0) return;
    chime();
    if (document.hasFocus() || globalThis.Notification?.permission !== "granted") return;
    for (const { key, what, row } of news) notify(words.desk[what](whoOf(row, words)), key);
  }, [isOn, data, waiting, now, open, words]);
  const turn = async () => {
    const next = !isOn;
    told.current = null;
    setOn(next);
    choose(next);
    if (!next) return;
    chime();
    // The browser is asked only when somebody wants it.
    const permission = await globalThis.Notification?.requestPermission();
    if (permission !== "granted") void message.info(words.desk.alertsDenied);
  };
  return (
    <Button type="text" icon={<BellOutlined />} aria-pressed={isOn} onClick={() => void turn()}>
      {isOn ? words.desk.alertsOn : words.desk.alertsOff}
    </Button>
  );
}

/** By the browser, once for each tag. */
function notify(said: string, tag: string): Notification | undefined {
  try {
    return new Notification(said, { tag });
  } catch {
    return undefined; // Android lets only service workers do it.
  }
}

function chosen(): boolean {
  try {
    return localStorage.getItem(KEY) === "on";
  } catch {
    return false;
  }
}

function choose(isOn: boolean): void {
  try {
    localStorage.setItem(KEY, isOn ? "on" : "off");
  } catch {
    // Then it holds for this visit.
  }
}
