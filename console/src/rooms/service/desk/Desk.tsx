import { Button } from "antd";
import { Suspense, lazy, useState } from "react";
import { useRead, useRole } from "@/api/hooks";
import { openAssist } from "@/rooms/service/assist/open";
import { known } from "@/shell/Choice";
import { CopyOutlined } from "@/shell/icons";
import { Page } from "@/shell/Page";
import { Empty, Failed, Loading } from "@/shell/States";
import { useAddress } from "@/shell/useAddress";
import { useNarrow } from "@/shell/useMedia";
import { useShopId } from "@/shell/useShopId";
import { useWords } from "@/words";
import { Alerts } from "./Alerts";
import { Conversations, type Tab } from "./Conversations";
import styles from "./Desk.module.css";
import { Duty } from "./Duty";
import { useKeys } from "./keys";
import { lookEvery, useLive } from "./useLive";

const Conversation = lazy(async () => ({ default: (await import("./Conversation")).Conversation }));

/** Where people answer shoppers: who waits, what was said, and what could be said. */
export function Component() {
  const words = useWords();
  const narrow = useNarrow();
  const address = useAddress();
  const open = address.get("open");
  const { isLive, isWriting } = useLive(open);
  useKeys(open);
  const shop = useShopId();
  const role = useRole();
  const every = () => lookEvery(isLive);
  const desk = useRead("service.desk", {}, { every });
  const [first, setFirst] = useState<Tab>();
  if (!first && desk.data) setFirst(desk.data.mine > 0 && desk.data.unassigned === 0 ? "mine" : "queue");
  const tab = known(words.desk.tabs, address.get("tab")) ?? first;
  const conversation = useRead(
    "service.get_conversation",
    { id: open },
    {
      enabled: open !== "",
      // Who wrote a moment ago may have stopped, which nobody tells.
      every: (seen) => (seen?.lookers.some((looker) => looker.is_typing) ? 6000 : lookEvery(isLive)),
    },
  );
  const showList = !narrow || open === "";
  const showOpen = !narrow || open !== "";
  return (
    <Page
      title={words.desk.title}
      fills
      actions={
        <>
          {!isLive && desk.data && <small className={styles["slow"]}>{words.desk.slow}</small>}
          {/* On a phone no window stands beside 旺旺. */}
          {!narrow && role !== undefined && role !== "viewer" && (
            <Button type="text" icon={<CopyOutlined />} title={words.assist.openHint} onClick={() => openAssist(shop)}>
              {words.assist.title}
            </Button>
          )}
          <Alerts open={open} isLive={isLive} />
          {desk.data && <Duty desk={desk.data} />}
        </>
      }
    >
      <div className={styles["desk"]}>
        {showList &&
          (tab ? (
            <Conversations key={tab} desk={desk.data} tab={tab} open={open} isLive={isLive} />
          ) : (
            <section className="card">
              {desk.isError ? <Failed error={desk.error} retry={desk.refetch} /> : <Loading />}
            </section>
          ))}
        {showOpen && (
          <div className={styles["open"]}>
            {open === "" ? (
              <section className={`card ${styles["none"]}`}>
                <Empty title={words.desk.pick} hint={words.desk.pickHint} />
              </section>
            ) : conversation.data ? (
              <Suspense fallback={<Loading />}>
                <Conversation
                  key={open}
                  conversation={conversation.data}
                  agents={desk.data?.agents ?? []}
                  isWriting={isWriting}
                />
              </Suspense>
            ) : (
              <section className={`card ${styles["none"]}`}>
                {conversation.isError ? (
                  <Failed error={conversation.error} retry={conversation.refetch} />
                ) : (
                  <Loading />
                )}
              </section>
            )}
          </div>
        )}
      </div>
    </Page>
  );
}
