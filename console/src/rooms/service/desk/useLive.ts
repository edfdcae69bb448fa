import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { readAgain } from "@/api/again";
import type { ReadName } from "@/api/client";
import { usePreferences } from "@/shell/preferences";
import { useShopId } from "@/shell/useShopId";

/** Tools that show what happens at the desk. */
export const SHOWN = [
  "service.desk",
  "service.list_conversations",
  "service.get_conversation",
] as const satisfies readonly ReadName[];

/** Signs that come together are looked at together. */
const TOGETHER_MS = 150;
/** How long to wait before a stream that was refused is asked for again. */
const AGAIN_MS = 10_000;
/** How long a sign of writing is taken to hold. */
const WRITES_MS = 6000;

interface Live {
  /** The server tells what happens; else one has to look now and then. */
  isLive: boolean;
  /** The shopper of the open conversation is writing. */
  isWriting: boolean;
}

/** Reads again what the desk shows whenever the server says that something happened. */
export function useLive(open: string): Live {
  const shop = useShopId();
  const { language } = usePreferences();
  const queries = useQueryClient();
  const [isLive, setLive] = useState(false);
  const [written, setWritten] = useState(0);

  useEffect(() => {
    const look = () => {
      for (const name of SHOWN) void readAgain(queries, ["tool", shop, language, name]);
    };
    const end = follow(shop, open, {
      onLive: setLive,
      onChanged: look,
      onWriting: (isWriting) => setWritten(isWriting ? Date.now() : 0),
    });
    return () => {
      end();
      setWritten(0);
    };
  }, [shop, language, queries, open]);

  useEffect(() => {
    if (written === 0) return undefined;
    const timer = setTimeout(() => setWritten(0), WRITES_MS);
    return () => clearTimeout(timer);
  }, [written]);

  return { isLive, isWriting: written > 0 };
}

interface Heard {
  onLive: (isLive: boolean) => void;
  onChanged: () => void;
  onWriting: (isWriting: boolean) => void;
}

/** Listens to the desk until it is told to stop. */
function follow(shop: string, open: string, heard: Heard): () => void {
  const asked = open ? `?${new URLSearchParams({ open })}` : "";
  let source: EventSource;
  let again: ReturnType<typeof setTimeout> | undefined;
  let changed: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    changed = undefined;
    heard.onChanged();
  };
  const onChanged = ({ data }: MessageEvent<string>) => {
    const { is_writing: isWriting } = JSON.parse(data) as { is_writing: boolean };
    heard.onWriting(isWriting);
    if (!isWriting) changed ??= setTimeout(tell, TOGETHER_MS);
  };
  const begin = () => {
    source = new EventSource(`/api/shops/${encodeURIComponent(shop)}/service/desk/stream${asked}`);
    source.addEventListener("open", () => heard.onLive(true));
    source.addEventListener("changed", onChanged);
    source.addEventListener("error", () => {
      heard.onLive(false);
      // What broke off the browser asks for again by itself; what was refused it does not.
      if (source.readyState === EventSource.CLOSED) again = setTimeout(begin, AGAIN_MS);
    });
  };
  begin();
  return () => {
    clearTimeout(again);
    clearTimeout(changed);
    source.close();
  };
}

/** How often to look all the same: for what nobody tells, such as that a colleague has left. */
export function lookEvery(isLive: boolean): number {
  return isLive ? 30_000 : 15_000;
}
