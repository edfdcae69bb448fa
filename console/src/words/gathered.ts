import type { Words } from "./index";

/** The shell's words with those of each room. */
export function gathered(shell: object, rooms: Record<string, object>): Words {
  // That a room's words are there is declared by the file that lies beside them.
  return Object.assign({}, shell, ...Object.values(rooms)) as Words;
}
