import { Tabs } from "antd";
import { lazy, Suspense } from "react";
import { useRole } from "@/api/hooks";
import { Page } from "@/shell/Page";
import { SETTINGS, TABS } from "@/shell/rooms";
import { Loading } from "@/shell/States";
import { useAddress } from "@/shell/useAddress";
import { useWords } from "@/words";

const sections = SETTINGS.map(({ tab, order, roles, screen }) => ({
  tab,
  order,
  roles,
  Section: lazy(async () => ({ default: (await screen()).Component })),
}));

/** What the rooms let one set, in tabs; a tab without a section for the reader is not there. */
export function Component() {
  const words = useWords();
  const address = useAddress();
  const role = useRole();
  const mine = sections.filter(({ roles }) => !roles || (role && roles.includes(role)));
  const items = TABS.filter(({ name }) => mine.some(({ tab }) => tab === name)).map(({ name, label }) => ({
    key: name,
    label: label(words),
    children: (
      <Suspense fallback={<Loading />}>
        {mine
          .filter(({ tab }) => tab === name)
          .map(({ order, Section }) => (
            <Section key={order} />
          ))}
      </Suspense>
    ),
  }));
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
