import type { Room } from "@/shell/room";
import { BookOutlined } from "@/shell/icons";
import type { zh } from "./words/zh";

declare module "@/words" {
  interface Words extends KnowledgeWords {}
}
type KnowledgeWords = typeof zh;

export const room: Room = {
  guide: [
    {
      name: "check",
      order: 20,
      label: (words) => words.checking.title,
      hint: (words) => words.checking.hint,
      screen: () => import("./guide/Check"),
    },
  ],
  places: [
    {
      path: "answers",
      group: "service",
      order: 10,
      icon: <BookOutlined />,
      label: (words) => words.answers.title,
      screen: () => import("./Answers"),
      parts: [
        { to: "?tab=policies", label: (words) => words.answers.policies },
        { to: "?tab=documents", label: (words) => words.documents.title },
        { to: "?tab=proposals", label: (words) => words.answers.proposals },
      ],
    },
  ],
};
