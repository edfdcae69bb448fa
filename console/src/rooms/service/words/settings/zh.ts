/** When people answer, and how long conversations are kept. */
export const hours = {
  title: "客服时间",
  lead: "在这段时间以外转人工时，会告诉买家什么时候有人回复。",
  told: (from: string, to: string) => `工作时间 ${from}–${to} 以外，买家会看到几点前有人回复；到点之前接待台会提醒。`,
  opens: "上班",
  closes: "下班",
  minutes: "几分钟内回复",
  none: "没有设客服时间，转人工时只请买家稍等。",
  clear: "不限时间",
  saved: "已保存，下一句起生效",
  ownerOnly: "由店主设定。",
};

export const keeping = {
  title: "会话保留多久",
  lead: "没人欠着回复的会话闲置后自动结束，买家再说话会重新打开。没有表明身份的访客写的内容到期后抹去，只留下怎么处理的；买家的内容随买家一起抹去。",
  idle: "闲置几小时后结束",
  days: "访客的内容保留几天",
  saved: "已保存",
};
