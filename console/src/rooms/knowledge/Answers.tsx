import { Tabs } from "antd";
import { useRead } from "@/api/hooks";
import { Page } from "@/shell/Page";
import { useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { Conflicts } from "./Conflicts";
import { Documents } from "./Documents";
import { Faqs } from "./Faqs";
import { Policies } from "./Policies";
import { Proposals } from "./Proposals";

export function Component() {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const proposals = useRead("knowledge.list_proposals", { size: 1 });
  const waiting = proposals.data?.total ?? 0;
  return (
    <Page title={words.answers.title}>
      <Tabs
        activeKey={address.get("tab") || "faqs"}
        onChange={(tab) => address.set({ tab, q: null, category: null, validity: null, document: null, policy: null })}
        destroyOnHidden
        items={[
          { key: "faqs", label: words.answers.faqs, children: <Faqs /> },
          { key: "policies", label: words.answers.policies, children: <Policies /> },
          { key: "documents", label: words.documents.title, children: <Documents /> },
          {
            key: "proposals",
            label: waiting ? `${words.answers.proposals} ${format.count(waiting)}` : words.answers.proposals,
            children: <Proposals />,
          },
          { key: "conflicts", label: words.conflicts.title, children: <Conflicts /> },
        ]}
      />
    </Page>
  );
}
