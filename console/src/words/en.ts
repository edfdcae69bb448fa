import { en as shell } from "@/shell/words/en";
import { gathered } from "./gathered";

export const en = gathered(shell, import.meta.glob<object>("../rooms/*/words/en.ts", { eager: true, import: "en" }));
