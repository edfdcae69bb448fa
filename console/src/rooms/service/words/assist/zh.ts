/** Replies for shoppers elsewhere, from what is pasted. */
export const assist = {
  title: "旺旺助手",
  openHint: "在小窗口里打开，放在旺旺旁边用",
  anew: "换一位",
  nick: "买家昵称",
  pasted: "买家的话",
  pasteHint: "把旺旺里的话复制过来，粘贴就起草；几句一起、带昵称和时间也认得",
  draft: "起草",
  reply: "回复草稿",
  copy: "复制（Ctrl + Enter）",
  copied: "已复制，回旺旺粘贴",
  notCopied: "浏览器不让复制，请选中草稿自己复制",
  onlyShop: "这里面没有买家说的话",
  turns: (n: string) => `连着前面 ${n} 句`,
  kept: "聊天内容只记在这个窗口里，关掉就没有了；服务器只记下这个问题有没有答上。",
  decisions: { answer: "可以直接发", clarify: "先问一句", handoff: "请您看过再发", decline: "婉拒" },
};
