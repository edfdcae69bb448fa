"""A small shop's entries, in the tests' own words."""

from zhanggui.knowledge import Entry

ENTRIES = [
    Entry("faq:A", "faq", "签收七天内没用过可以退。", ("怎么退货", "不想要了能退吗", "退货流程")),
    Entry("faq:B", "faq", "下午四点前付款当天发货。", ("什么时候发货", "多久能发出来", "今天发吗")),
    Entry("faq:C", "faq", "可以开电子发票。", ("能开发票吗", "发票怎么开", "有没有票")),
    Entry("faq:D", "faq", "洗碗机可以洗。", ("能放洗碗机吗", "洗碗机洗会坏吗")),
    Entry("policy:ship#1", "policy", "西藏和新疆每单运费十五元。", words="运费"),
    Entry("policy:ship#2", "policy", "其他地区满八十八元包邮。", words="运费"),
    Entry("coupon:C1", "coupon", "六月满减券：满199减20", words="全店"),
    Entry(
        "product:P1", "product", "山月饭碗", words="饭碗 颜色：米白 口径：11cm",
        facts=("颜色：米白", "口径：11cm"),
    ),
    Entry("product:P2", "product", "小鱼面碗", words="面碗 容量：850ml", facts=("容量：850ml",)),
]  # fmt: skip
