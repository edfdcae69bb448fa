import { Tabs } from "antd";
import { lazy, Suspense, type ReactNode } from "react";
import { useRead } from "@/api/hooks";
import { Page } from "@/shell/Page";
import { Loading } from "@/shell/States";
import { useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { Faqs } from "./Faqs";

const Policies = lazy(async () => ({ default: (await import("./Policies")).Policies }));
const Documents = lazy(async () => ({ default: (await import("./Documents")).Documents }));
const Proposals = lazy(async () => ({ default: (await import("./Proposals")).Proposals }));
const Conflicts = lazy(async () => ({ default: (await import("./Conflicts")).Conflicts }));

function Later({ children }: { children: ReactNode }) {
  return <Suspense fallback={<Loading />}>{children}</Suspense>;
}

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
          { key: "policies", label: words.answers.policies, children: <Later><Policies /></Later> },
          { key: "documents", label: words.documents.title, children: <Later><Documents /></Later> },
          {
            key: "proposals",
            label: waiting ? `${words.answers.proposals} ${format.count(waiting)}` : words.answers.proposals,
            children: <Later><Proposals /></Later>,
          },
          { key: "conflicts", label: words.conflicts.title, children: <Later><Conflicts /></Later> },
        ]}
      />
    </Page>
  );
}
