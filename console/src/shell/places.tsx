import {
  AppstoreOutlined,
  BookOutlined,
  CheckOutlined,
  CommentOutlined,
  ContainerOutlined,
  ExperimentOutlined,
  ImportOutlined,
  ReadOutlined,
  RollbackOutlined,
  SettingOutlined,
  TagOutlined,
  TeamOutlined,
} from "@/shell/icons";
import type { ReactNode } from "react";
import type { Words } from "@/words";

export type PlaceName =
  | "overview"
  | "orders"
  | "refunds"
  | "goods"
  | "coupons"
  | "buyers"
  | "import"
  | "answers"
  | "ask"
  | "work"
  | "evaluation"
  | "settings";

export interface Place {
  name: PlaceName;
  icon: ReactNode;
}

export interface Group {
  name: keyof Words["nav"]["groups"];
  places: Place[];
}

/** The navigation, by room. */
export const GROUPS: Group[] = [
  {
    name: "shop",
    places: [
      { name: "overview", icon: <ReadOutlined /> },
      { name: "orders", icon: <ContainerOutlined /> },
      { name: "refunds", icon: <RollbackOutlined /> },
      { name: "goods", icon: <AppstoreOutlined /> },
      { name: "coupons", icon: <TagOutlined /> },
      { name: "buyers", icon: <TeamOutlined /> },
      { name: "import", icon: <ImportOutlined /> },
    ],
  },
  {
    name: "service",
    places: [
      { name: "answers", icon: <BookOutlined /> },
      { name: "ask", icon: <CommentOutlined /> },
      { name: "work", icon: <CheckOutlined /> },
      { name: "evaluation", icon: <ExperimentOutlined /> },
    ],
  },
  { name: "settings", places: [{ name: "settings", icon: <SettingOutlined /> }] },
];

/** What a thumb reaches on a phone; the rest is behind "more". */
export const ON_PHONE: PlaceName[] = ["overview", "orders", "import", "ask"];
