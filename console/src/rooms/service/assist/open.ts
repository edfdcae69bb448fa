/** Opens the assistant in a window of its own, beside the chat it helps with; the one that is open
 * already where there is one. */
export function openAssist(shop: string): void {
  const address = `/shops/${encodeURIComponent(shop)}/assist`;
  window.open(address, `zhanggui-assist-${shop}`, "popup,width=420,height=780")?.focus();
}
