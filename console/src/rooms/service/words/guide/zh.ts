/** The steps of the guide in which a question is tried and the chat is placed. */
export const trying = {
  title: "试着问一句",
  hint: "像买家那样问，看掌柜怎么答、依据是什么；没把握的会转人工，不乱说。",
  suggested: "可以试试的问题",
  price: (title: string) => `${title}多少钱？`,
  topics: {
    shipping: "什么时候发货？",
    returns: "怎么退货？",
    exchange: "可以换货吗？",
    quality: "收到是坏的怎么办？",
    invoice: "能开发票吗？",
    orders: "地址填错了怎么改？",
  },
  complaint: "你们是骗子，我要投诉！",
  own: "或者自己写一句",
  answer: "掌柜的回答",
  reading: "刚导入的资料还在读，读完会自动再答一次…",
  teach: "答得不对？教它",
  more: "想连着问几句，或带上商品、订单来问，可以去“试问”。",
  open: "打开试问",
};

export const placing = {
  title: "放到您的页面上",
  hint: "把一行代码放进自己的网页，买家就能在那里问。",
  address: "要放聊天窗口的网页",
  addressExample: "https://shop.example",
  allow: "允许",
  allowed: (origins: string) => `已允许：${origins}`,
  and: "、",
  more: "颜色、问候语、商品和订单的网址，都在设置里。",
  open: "打开聊天窗口设置",
};
