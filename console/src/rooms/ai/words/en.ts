import type { zh } from "./zh";

export const en: typeof zh = {
  engines: {
    title: "Models",
    lead: "No outside model is needed: what is embedded stands in, and answers less and more plainly.",
    names: { embed: "Understanding", chat: "Wording" },
    hints: {
      embed: "knows what is worded otherwise and means the same",
      chat: "a language model rewords replies, which are checked before they go out",
    },
    on: "works",
    degraded: "degraded",
    none: "not connected",
  },
};
