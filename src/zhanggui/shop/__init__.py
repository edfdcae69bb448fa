"""The shop itself: goods, stock, buyers, orders, after-sales, coupons and reports of its market.

What flows through: a merchant's files (`files`) are staged, understood and loaded (`importing`)
into the tables of `models`; every change is an event of `events`; `store` has the queries and
`tools` what may be asked and done.
"""
