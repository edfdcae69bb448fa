import type * as zh from "./zh";

export const assist: typeof zh.assist = {
  title: "Reply helper",
  openHint: "Opens a small window to keep beside Wangwang",
  anew: "Somebody else",
  nick: "The buyer's nick",
  pasted: "The buyer's words",
  pasteHint: "Paste what was written in Wangwang and a reply is drafted; several lines with nicks and times are understood",
  draft: "Draft",
  reply: "Draft of a reply",
  copy: "Copy (Ctrl + Enter)",
  copied: "Copied; paste it into Wangwang",
  notCopied: "The browser does not let us copy; please select the draft yourself",
  onlyShop: "No word of a buyer is in it",
  turns: (n) => `after ${n} earlier messages`,
  kept: "What was said is remembered in this window alone; the server only records whether the question could be answered.",
  decisions: { answer: "Ready to send", clarify: "Ask back first", handoff: "Read it before you send it", decline: "Decline" },
};
