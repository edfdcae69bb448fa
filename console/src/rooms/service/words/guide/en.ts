import type * as zh from "./zh";

export const trying: typeof zh.trying = {
  title: "Try a question",
  hint: "Ask as a shopper would and see the reply and its grounds; what is not known surely is handed over.",
  suggested: "Questions to try",
  price: (title) => `${title}多少钱？`,
  topics: {
    shipping: "什么时候发货？",
    returns: "怎么退货？",
    exchange: "可以换货吗？",
    quality: "收到是坏的怎么办？",
    invoice: "能开发票吗？",
    orders: "地址填错了怎么改？",
  },
  complaint: "你们是骗子，我要投诉！",
  own: "Or write one of your own",
  answer: "The shop's answer",
  reading: "What was just brought is still being read; it is asked again by itself…",
  teach: "Not right? Teach it",
  more: "To ask several in a row, or about an order or a product, there is a place of its own.",
  open: "Try asking",
};

export const placing: typeof zh.placing = {
  title: "Place it on your page",
  hint: "One line in your own web page, and shoppers can ask there.",
  address: "The page it goes on",
  addressExample: "https://shop.example",
  allow: "Allow",
  allowed: (origins) => `Allowed: ${origins}`,
  and: ", ",
  more: "Colour, greeting and the addresses of goods and orders are among the settings.",
  open: "Settings of the chat",
};
