import type { Room } from "@/shell/room";
import { BarChartOutlined } from "@/shell/icons";
import type { zh } from "./words/zh";

declare module "@/words" {
  interface Words extends InsightWords {}
}
type InsightWords = typeof zh;

export const room: Room = {
  places: [
    {
      path: "service-report",
      group: "service",
      order: 50,
      icon: <BarChartOutlined />,
      label: (words) => words.insight.title,
      screen: () => import("./ServiceReport"),
    },
  ],
};
