import { Tabs } from "antd";
import { lazy, Suspense } from "react";
import { Page } from "@/shell/Page";
import { Loading } from "@/shell/States";
import { useAddress } from "@/shell/useAddress";
import { useWords } from "@/words";
import { Desk } from "./Desk";

const RuleList = lazy(async () => ({ default: (await import("./RuleList")).RuleList }));

export function Component() {
  const words = useWords();
  const address = useAddress();
  return (
    <Page title={words.compliance.title} lead={words.compliance.lead}>
      <Tabs
        activeKey={address.get("tab") || "check"}
        onChange={(tab) => address.set({ tab: tab === "check" ? null : tab })}
        items={[
          { key: "check", label: words.compliance.check, children: <Desk /> },
          {
            key: "rules",
            label: words.compliance.rules,
            children: <Suspense fallback={<Loading />}><RuleList /></Suspense>,
          },
        ]}
      />
    </Page>
  );
}
