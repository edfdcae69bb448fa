import { ApiOutlined } from "@/shell/icons";
import type { Room } from "@/shell/room";
import type { zh } from "./words/zh";

declare module "@/words" {
  interface Words extends AiWords {}
}
type AiWords = typeof zh;

export const room: Room = {
  places: [
    {
      path: "models",
      group: "settings",
      order: 20,
      icon: <ApiOutlined />,
      label: (words) => words.models.title,
      screen: () => import("./Models"),
    },
  ],
  settings: [{ tab: "service", order: 20, screen: () => import("./Engines") }],
};
