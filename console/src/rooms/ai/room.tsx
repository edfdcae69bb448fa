import type { Room } from "@/shell/room";
import type { zh } from "./words/zh";

declare module "@/words" {
  interface Words extends AiWords {}
}
type AiWords = typeof zh;

export const room: Room = {
  settings: [{ tab: "service", order: 20, screen: () => import("./Engines") }],
};
