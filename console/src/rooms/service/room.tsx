import type { Room } from "@/shell/room";
import { AuditOutlined, CheckOutlined, CommentOutlined, CopyOutlined, CustomerServiceOutlined, ExperimentOutlined, FileAddOutlined } from "@/shell/icons";
import { useWaiting } from "./desk/useWaiting";
import { useGaps } from "./gaps/useGaps";
import type { zh } from "./words/zh";

declare module "@/words" {
  interface Words extends ServiceWords {}
}
type ServiceWords = typeof zh;

export const room: Room = {
  groups: [{ name: "service", order: 20, label: (words) => words.service.group }],
  places: [
    {
      path: "desk",
      group: "service",
      order: 10,
      icon: <CustomerServiceOutlined />,
      label: (words) => words.desk.title,
      screen: () => import("./desk/Desk"),
      onPhone: true,
      useCount: useWaiting,
    },
    {
      path: "assist",
      group: "service",
      order: 15,
      icon: <CopyOutlined />,
      label: (words) => words.assist.title,
      screen: () => import("./assist/Assist"),
    },
    {
      path: "ask",
      group: "service",
      order: 20,
      icon: <CommentOutlined />,
      label: (words) => words.ask.title,
      screen: () => import("./Ask"),
    },
    {
      path: "gaps",
      group: "service",
      order: 25,
      icon: <FileAddOutlined />,
      label: (words) => words.gaps.title,
      screen: () => import("./gaps/Gaps"),
      useCount: useGaps,
    },
    {
      path: "work",
      group: "service",
      order: 30,
      icon: <CheckOutlined />,
      label: (words) => words.work.title,
      screen: () => import("./Work"),
    },
    {
      path: "evaluation",
      group: "service",
      order: 40,
      icon: <ExperimentOutlined />,
      label: (words) => words.evaluation.title,
      screen: () => import("./Evaluation"),
      within: { "evaluation/:evaluationId": () => import("./EvaluationDetail") },
    },
    {
      path: "quality",
      group: "service",
      order: 45,
      icon: <AuditOutlined />,
      label: (words) => words.quality.title,
      screen: () => import("./quality/Quality"),
    },
  ],
  tabs: [
    { name: "service", order: 30, label: (words) => words.service.group },
    { name: "widget", order: 35, label: (words) => words.widget.title },
    { name: "channels", order: 36, label: (words) => words.channels.title },
  ],
  guide: [
    {
      name: "try",
      order: 30,
      label: (words) => words.trying.title,
      hint: (words) => words.trying.hint,
      screen: () => import("./guide/Try"),
    },
    {
      name: "widget",
      order: 40,
      label: (words) => words.placing.title,
      hint: (words) => words.placing.hint,
      screen: () => import("./guide/Widget"),
      roles: ["owner"],
    },
  ],
  settings: [
    { tab: "service", order: 10, screen: () => import("./Hours") },
    { tab: "service", order: 20, screen: () => import("./Keeping") },
    { tab: "widget", order: 10, screen: () => import("./widget/Placing") },
    { tab: "widget", order: 20, screen: () => import("./widget/Look") },
    { tab: "widget", order: 30, screen: () => import("./widget/Signing"), roles: ["owner"] },
    { tab: "channels", order: 10, screen: () => import("./channels/Channels"), roles: ["owner"] },
  ],
};
