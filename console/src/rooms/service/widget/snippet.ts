/** The line that brings the chat onto a page. */
export function snippetOf(origin: string, key: string): string {
  return `<script src="${origin}/widget.js" data-key="${key}" async></script>`;
}

/** A shop of the installation's own, with the chat on its page. */
export function trialOf(key: string): string {
  return `/demo-shop/?key=${encodeURIComponent(key)}`;
}

/** Whether shoppers' pages can load from there: they are https, and take nothing that is not. */
export function isPublic(origin: string): boolean {
  return origin.startsWith("https://");
}
