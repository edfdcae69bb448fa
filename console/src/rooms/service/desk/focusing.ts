/** Where the focus goes at the desk, so that it is worked by keys alone. */

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-conversation]")];
}

function openPlace(among: readonly HTMLElement[]): number {
  return among.findIndex((row) => row.getAttribute("aria-current") === "true");
}

/** To the conversation that is open, else the first of the list. */
export function focusList(): void {
  const all = rows();
  (all[openPlace(all)] ?? all[0])?.focus();
}

/** To the next of the list (1) or the one before (-1), from where the focus is, else from what is open. */
export function stepInList(by: 1 | -1): void {
  const all = rows();
  const focused = all.indexOf(document.activeElement as HTMLElement);
  const from = focused === -1 ? openPlace(all) : focused;
  all[from === -1 ? 0 : Math.max(0, Math.min(from + by, all.length - 1))]?.focus();
}

/** To where one writes, behind what is written; false where one cannot. */
export function focusWriting(): boolean {
  const box = document.querySelector<HTMLTextAreaElement>("[data-writing] textarea");
  box?.focus();
  box?.setSelectionRange(box.value.length, box.value.length);
  return box !== null;
}
