import type * as zh from "./zh";

export const hours: typeof zh.hours = {
  title: "When people answer",
  lead: "Who is handed over outside of these hours is told when somebody will be there.",
  told: (from, to) => `Outside ${from}–${to} shoppers read by when somebody answers; the desk reminds you before.`,
  opens: "From",
  closes: "Until",
  minutes: "Answer within minutes",
  none: "No hours are set: who is handed over is only asked to wait.",
  clear: "No set hours",
  saved: "Saved; it holds from the next message on",
  ownerOnly: "An owner chooses.",
};

export const keeping: typeof zh.keeping = {
  title: "How long conversations are kept",
  lead: "Where nobody is owed an answer, idle conversations are closed; they open again when the shopper writes. What visitors without a name wrote is erased in the end, and how it was decided stays. A buyer's words go with the buyer.",
  idle: "Close after idle hours",
  days: "Keep visitors' words for days",
  saved: "Saved",
};
