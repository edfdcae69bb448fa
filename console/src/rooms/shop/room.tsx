import type { Room } from "@/shell/room";
import {
  AppstoreOutlined,
  ContainerOutlined,
  ImportOutlined,
  ReadOutlined,
  RollbackOutlined,
  TagOutlined,
  TeamOutlined,
} from "@/shell/icons";
import type { zh } from "./words/zh";

declare module "@/words" {
  interface Words extends ShopWords {}
}
type ShopWords = typeof zh;

export const room: Room = {
  groups: [{ name: "shop", order: 10, label: (words) => words.shop.group }],
  places: [
    {
      path: "overview",
      group: "shop",
      order: 10,
      icon: <ReadOutlined />,
      label: (words) => words.overview.title,
      screen: () => import("./Overview"),
      onPhone: true,
    },
    {
      path: "orders",
      group: "shop",
      order: 20,
      icon: <ContainerOutlined />,
      label: (words) => words.orders.title,
      screen: () => import("./Orders"),
      onPhone: true,
    },
    {
      path: "refunds",
      group: "shop",
      order: 30,
      icon: <RollbackOutlined />,
      label: (words) => words.refunds.title,
      screen: () => import("./Refunds"),
    },
    {
      path: "goods",
      group: "shop",
      order: 40,
      icon: <AppstoreOutlined />,
      label: (words) => words.goods.title,
      screen: () => import("./Goods"),
    },
    {
      path: "coupons",
      group: "shop",
      order: 50,
      icon: <TagOutlined />,
      label: (words) => words.coupons.title,
      screen: () => import("./Coupons"),
    },
    {
      path: "buyers",
      group: "shop",
      order: 60,
      icon: <TeamOutlined />,
      label: (words) => words.buyers.title,
      screen: () => import("./Buyers"),
    },
    {
      path: "import",
      group: "shop",
      order: 70,
      icon: <ImportOutlined />,
      label: (words) => words.imports.title,
      screen: () => import("./Imports"),
      within: { "import/:importId": () => import("./ImportDetail") },
      onPhone: true,
    },
  ],
  guide: [
    {
      name: "bring",
      order: 10,
      label: (words) => words.bringing.title,
      hint: (words) => words.bringing.hint,
      screen: () => import("./guide/Bring"),
      roles: ["owner"],
    },
  ],
  settings: [{ tab: "data", order: 10, screen: () => import("./EraseBuyer"), roles: ["owner"] }],
};
