export const zh = {
  engines: {
    title: "模型",
    lead: "没有接入外部模型也能用：内置的会顶上，只是回答会少一些、平实一些。",
    names: { embed: "理解意思", chat: "润色措辞" },
    hints: { embed: "把问法不同、意思相同的话认出来", chat: "用语言模型重写回复，核对后才发出" },
    on: "正常",
    degraded: "已降级",
    none: "未接入",
  },
};
