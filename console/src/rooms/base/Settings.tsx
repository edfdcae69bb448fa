import { Tabs } from "antd";
import { useRole } from "@/api/hooks";
import { Engines } from "@/rooms/ai/Engines";
import { Hours } from "@/rooms/service/Hours";
import { EraseBuyer } from "@/rooms/shop/EraseBuyer";
import { Page } from "@/shell/Page";
import { useAddress } from "@/shell/useAddress";
import { useWords } from "@/words";
import { Account } from "./Account";
import { Approvals } from "./Approvals";
import { Keys } from "./Keys";
import { Members } from "./Members";

export function Component() {
  const words = useWords();
  const address = useAddress();
  const owner = useRole() === "owner";
  const items = [
    ...(owner ? [{ key: "team", label: words.settings.team, children: <Members /> }] : []),
    { key: "approvals", label: words.settings.approvals, children: <Approvals decides={owner} /> },
    { key: "service", label: words.settings.service, children: <ServiceSettings /> },
    ...(owner ? [{ key: "data", label: words.settings.data, children: <EraseBuyer /> }] : []),
    ...(owner ? [{ key: "keys", label: words.settings.keys, children: <Keys /> }] : []),
    { key: "account", label: words.settings.account, children: <Account /> },
  ];
  return (
    <Page title={words.settings.title}>
      <Tabs
        activeKey={address.get("tab") || items[0]?.key || ""}
        onChange={(tab) => address.set({ tab })}
        destroyOnHidden
        items={items}
      />
    </Page>
  );
}

function ServiceSettings() {
  return (
    <>
      <Hours />
      <Engines />
    </>
  );
}
