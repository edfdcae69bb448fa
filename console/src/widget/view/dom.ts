/** Elements made in one expression. Texts become text nodes, so nothing that anybody said is ever
 * read as markup. */

export type Child = Node | string | null | false;
type Handlers = { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | number | boolean | null> = {},
  children: readonly Child[] = [],
  on: Handlers = {},
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== false));
  for (const [event, handler] of Object.entries(on)) element.addEventListener(event, handler as EventListener);
  return element;
}

/** A button with a sign for a face and words for those who cannot see it. */
export function iconButton(label: string, face: Node, act: () => void, more: Record<string, string> = {}) {
  const attributes = { type: "button", class: "icon-button", "aria-label": label, title: label, ...more };
  return h("button", attributes, [face], { click: act });
}

/** Words that are heard and not seen. */
export function unseen(text: string): HTMLElement {
  return h("span", { class: "unseen" }, [text]);
}

/** Writes a text only where it changes, so that nothing is announced again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
