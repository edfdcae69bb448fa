import { EyeOutlined, PictureOutlined, RocketOutlined, TagOutlined } from "@/shell/icons";
import type { Room } from "@/shell/room";
import { useDoubtful } from "./useDoubtful";
import type { zh } from "./words/zh";

declare module "@/words" {
  interface Words extends StudioWords {}
}
type StudioWords = typeof zh;

export const room: Room = {
  groups: [{ name: "studio", order: 15, label: (words) => words.studio.group }],
  places: [
    {
      path: "studio",
      group: "studio",
      order: 10,
      icon: <RocketOutlined />,
      label: (words) => words.batches.title,
      screen: () => import("./Batches"),
      within: {
        "studio/new": () => import("./NewBatch"),
        "studio/:batchId": () => import("./BatchDetail"),
      },
    },
    {
      path: "studio-works",
      group: "studio",
      order: 20,
      icon: <PictureOutlined />,
      label: (words) => words.works.title,
      screen: () => import("./Works"),
    },
    {
      path: "studio-cuts",
      group: "studio",
      order: 30,
      icon: <EyeOutlined />,
      label: (words) => words.cuts.title,
      screen: () => import("./Cuts"),
      useCount: useDoubtful,
    },
    {
      path: "studio-kit",
      group: "studio",
      order: 40,
      icon: <TagOutlined />,
      label: (words) => words.kit.title,
      screen: () => import("./Kit"),
      parts: [
        { to: "?tab=layouts", label: (words) => words.kit.layouts },
        { to: "?tab=brand", label: (words) => words.kit.brand },
      ],
    },
  ],
};
