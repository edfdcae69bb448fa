import { zh as shell } from "@/shell/words/zh";
import { gathered } from "./gathered";

export const zh = gathered(shell, import.meta.glob<object>("../rooms/*/words/zh.ts", { eager: true, import: "zh" }));
