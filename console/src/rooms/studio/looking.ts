const SOON_MS = 2500;

/** How soon to look again at what moves; false where nothing does. */
export function looksAgain(moves: boolean | undefined): number | false {
  return moves ? SOON_MS : false;
}

/** A name in the reader's language where there is one; names that are added later are shown as they are. */
export function named(names: Record<string, string>, name: string): string {
  return names[name] ?? name;
}
