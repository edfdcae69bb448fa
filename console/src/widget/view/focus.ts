const CONTROLS = "button, a[href], input, textarea, [tabindex='0']";

/** What in `root` the Tab key comes to, in order. */
function controls(root: HTMLElement): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(CONTROLS)].filter(
    (each) => !each.matches(":disabled") && each.tabIndex >= 0 && !each.closest("[inert], [hidden]"),
  );
}

/** Keeps the Tab key within `root`: from its last control to its first, and back. */
export function trapTab(root: HTMLElement, event: KeyboardEvent): void {
  const all = controls(root);
  const [first, last] = [all[0], all.at(-1)];
  const focused = (root.getRootNode() as ShadowRoot | Document).activeElement;
  const leaves = event.shiftKey ? focused === first || focused === root : focused === last;
  if (!leaves) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

/** What has the focus, also within shadow trees. */
export function focusedElement(): HTMLElement | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused instanceof HTMLElement ? focused : null;
}
