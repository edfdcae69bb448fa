import type { Room } from "@/shell/room";
import { RocketOutlined, SettingOutlined } from "@/shell/icons";
import { useGuided } from "./guide/guided";
import type { zh } from "./words/zh";

declare module "@/words" {
  interface Words extends BaseWords {}
}
type BaseWords = typeof zh;

export const room: Room = {
  groups: [{ name: "settings", order: 90, label: (words) => words.settings.group }],
  guide: [
    {
      name: "people",
      order: 90,
      label: (words) => words.guide.people,
      hint: (words) => words.guide.peopleHint,
      screen: () => import("./guide/People"),
      roles: ["owner"],
      optional: true,
    },
  ],
  places: [
    {
      path: "start",
      group: "shop",
      order: 0,
      icon: <RocketOutlined />,
      label: (words) => words.guide.title,
      screen: () => import("./Guide"),
      useShown: useGuided,
    },
    {
      path: "settings",
      group: "settings",
      order: 10,
      icon: <SettingOutlined />,
      label: (words) => words.settings.title,
      screen: () => import("./Settings"),
      parts: [
        { to: "?tab=approvals", label: (words) => words.settings.approvals },
        { to: "?tab=keys", label: (words) => words.settings.keys },
        { to: "?tab=webhooks", label: (words) => words.webhooks.title },
        { to: "?tab=account", label: (words) => words.settings.account },
      ],
    },
  ],
  tabs: [
    { name: "team", order: 10, label: (words) => words.settings.team },
    { name: "approvals", order: 20, label: (words) => words.settings.approvals },
    { name: "data", order: 40, label: (words) => words.data.title },
    { name: "keys", order: 50, label: (words) => words.settings.keys },
    { name: "webhooks", order: 55, label: (words) => words.webhooks.title },
    { name: "account", order: 60, label: (words) => words.settings.account },
  ],
  settings: [
    { tab: "team", order: 10, screen: () => import("./Members"), roles: ["owner"] },
    { tab: "approvals", order: 20, screen: () => import("./Approvals") },
    { tab: "data", order: 5, screen: () => import("./TakeAway"), roles: ["owner"] },
    { tab: "keys", order: 50, screen: () => import("./Keys"), roles: ["owner"] },
    { tab: "webhooks", order: 10, screen: () => import("./webhooks/Webhooks"), roles: ["owner"] },
    { tab: "account", order: 60, screen: () => import("./Account") },
  ],
};
