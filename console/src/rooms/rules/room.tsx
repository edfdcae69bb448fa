import type { Room } from "@/shell/room";
import { AuditOutlined } from "@/shell/icons";
import type { zh } from "./words/zh";

declare module "@/words" {
  interface Words extends ComplianceWords {}
}
type ComplianceWords = typeof zh;

export const room: Room = {
  places: [
    {
      path: "compliance",
      group: "shop",
      order: 65,
      icon: <AuditOutlined />,
      label: (words) => words.compliance.title,
      screen: () => import("./Compliance"),
      parts: [{ to: "?tab=rules", label: (words) => words.compliance.rules }],
    },
  ],
};
