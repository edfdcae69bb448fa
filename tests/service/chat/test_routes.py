"""The shopper's side over HTTP: a key, a token, and what they open."""

import hashlib
import hmac
import io
from contextlib import ExitStack, aclosing

import orjson
import pytest
from PIL import Image

from tests.app.conftest import refused
from tests.service import stand
from tests.service.chat.room import Room
from zhanggui.base.errors import TooMany, ZhangguiError
from zhanggui.base.principals import SYSTEM, Principal
from zhanggui.base.tools import call
from zhanggui.base.waking import Waking
from zhanggui.service.chat import doors, routes, streaming, visitors
from zhanggui.service.chat.doors import key_of, secret_of
from zhanggui.service.chat.streaming import typing_topic
from zhanggui.shop.buyers import buyer_id
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db

PAGE = "https://shop.example"


async def made(answer, status=201):
    got = await answer
    assert got.status_code == status, got.text
    return got.json()


def look(page):
    """What the door itself says."""
    return page.get(str(page.base_url).rstrip("/"))


async def begun(page, **given):
    """A conversation that was begun: its page knows the token from now on."""
    token = (await made(page.post("/conversations", json=given)))["token"]
    page.headers["Authorization"] = f"Bearer {token}"
    return token


def saying(text, client_id="c1", **given):
    return {"client_id": client_id, "text": text, **given}


@pytest.fixture
def use(runtime, shop):
    """Call a tool of the room as the shop's owner."""

    async def use(name, **given):
        return (
            await call(runtime, f"service.{name}", given, shop_id=shop, principal=SYSTEM)
        ).output

    return use


@pytest.fixture
def read(runtime, shop, page):
    """What the stream of the page's conversation sends, as (event, data), until it waits."""

    async def read(after=0, count=99, during=None):
        found = await doors.doors(runtime).opened(key_of(runtime.cipher, shop, 0))
        token = page.headers["Authorization"].removeprefix("Bearer ")
        ids = visitors.read(runtime.cipher, shop, token)
        visit = routes.Visit(runtime, found, *ids, "/api/chat/k")
        got = []
        async with aclosing(routes._steps(visit, after)) as steps:
            async for step in steps:
                name, *_, data = step.decode().strip().split("\n")
                got.append((name.removeprefix("event: "), orjson.loads(data[len("data: ") :])))
                if len(got) >= count:
                    break
                if during is not None and got[-1][0] == "state":
                    await during()
                    during = None
                elif got[-1][0] == "state":
                    break
        return got

    return read


async def test_a_conversation_begins_with_its_first_message_and_is_held_by_its_token(
    page, new_page, answerer, read
):
    shown = await made(look(page), 200)
    assert shown["quick_replies"] == ["能开票吗", "能进洗碗机吗"]
    await begun(page)
    said = await made(page.post("/messages", json=saying("发票怎么开")), 200)
    assert (said["seq"], said["author"], said["client_id"]) == (1, "shopper", "c1")
    await answerer.drain()
    got = await read()
    assert [name for name, _ in got] == ["message", "message", "state"]
    assert got[1][1]["text"].startswith("可以开电子发票。")
    still = {"is_thinking": False, "is_typing": False, "rating": None, "promised_at": None}
    assert got[2][1] == {"state": "ai", **still}
    await refused(new_page().post("/messages", json=saying("在吗")), 401, "unauthenticated")


async def test_what_is_sent_again_is_the_same_message(page, runtime, shop):
    await begun(page)
    first = await made(page.post("/messages", json=saying("能开票吗")), 200)
    again = await made(page.post("/messages", json=saying("能开票吗")), 200)
    assert first == again


async def test_a_stream_goes_on_after_the_last_message_seen(page, read):
    await begun(page)
    for number in range(3):
        await page.post("/messages", json=saying(f"第{number}条", f"c{number}"))
    assert [data["seq"] for name, data in await read(after=1) if name == "message"] == [2, 3]


async def test_a_stream_tells_at_once_what_is_said_and_done(page, read, runtime, shop):
    token = await begun(page)
    room = Room(runtime, shop)
    room.id = token.split(".")[0]

    async def during():
        await room.speaks("您好")
        runtime.service(Waking).wake(room.id)

    got = await read(count=3, during=during)
    assert [name for name, _ in got] == ["state", "message", "state"]
    assert got[1][1]["author"] == "person"
    assert got[2][1]["state"] == "person"


async def test_a_stream_tells_that_a_person_is_writing(page, read, runtime):
    token = await begun(page)
    topic = typing_topic(token.split(".")[0])

    async def during():
        runtime.service(Waking).wake(topic)

    got = await read(count=2, during=during)
    assert [data["is_typing"] for _, data in got] == [False, True]


async def test_notes_of_staff_are_not_for_shoppers(page, read, runtime, shop):
    token = await begun(page)
    room = Room(runtime, shop)
    room.id = token.split(".")[0]
    await room.notes("这位要退货")
    await page.post("/messages", json=saying("在吗"))
    got = [data for name, data in await read() if name == "message"]
    assert [each["seq"] for each in got] == [2]


async def test_only_pages_the_shop_named_may_carry_the_chat(new_page, use, runtime, shop):
    stranger = new_page(Origin=PAGE)
    answer = await look(stranger)
    assert answer.status_code == 403
    assert PAGE in answer.json()["hint"]
    assert answer.headers["access-control-allow-origin"] == PAGE, "the page can tell why"
    await use("save_widget", origins=["https://Shop.example/"])
    answer = await look(stranger)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == PAGE
    assert "access-control-allow-credentials" not in answer.headers
    asked = await stranger.options("/messages")
    assert "authorization" in asked.headers["access-control-allow-headers"]
    assert (await look(new_page(Origin="http://shop.test"))).status_code == 200, "the own pages"


async def test_the_first_page_that_carries_the_chat_is_remembered(new_page, use):
    await use("save_widget", origins=[PAGE])
    await begun(new_page())
    assert (await use("widget")).seen_at is None, "a page of this server is not the shop's"
    await begun(new_page(Origin=PAGE))
    assert (await use("widget")).seen_on == PAGE


async def test_a_key_that_was_changed_or_shut_opens_nothing(page, new_page, use, runtime, shop):
    await begun(page)
    key = (await use("rotate_widget_key")).key
    await refused(look(page), 404, "not_found")
    await refused(page.post("/messages", json=saying("在吗")), 404, "not_found")
    now = new_page(at=key, Authorization=page.headers["Authorization"])
    await made(now.post("/messages", json=saying("在吗")), 200)
    await use("save_widget", is_on=False)
    await refused(look(now), 404, "not_found")


async def test_a_key_of_another_house_opens_nothing(new_page, shop):
    await refused(look(new_page(at=f"wk.{shop}.0.{'0' * 24}")), 404, "not_found")
    await refused(look(new_page(at="wk")), 404, "not_found")


async def test_a_token_reads_its_own_conversation_in_its_own_shop(
    page, new_page, runtime, shop, other_shop_id
):
    await open_shop(runtime, other_shop_id, "隔壁")
    token = await begun(page)
    there = new_page(at=key_of(runtime.cipher, other_shop_id, 0), Authorization=f"Bearer {token}")
    await refused(there.post("/messages", json=saying("在吗")), 401, "unauthenticated")
    conversation, visitor, signature = token.split(".")
    other = "y" if visitor.endswith("x") else "x"
    forged = f"{conversation}.{visitor[:-1]}{other}.{signature}"
    await refused(
        page.post("/messages", json=saying("在吗"), headers={"Authorization": f"Bearer {forged}"}),
        401, "unauthenticated",
    )  # fmt: skip


def signed(runtime, shop, nick, at, secret=None):
    secret = secret or secret_of(runtime.cipher, shop, 0)
    words = f"{nick}\n{at}".encode()
    return {
        "nick": nick,
        "at": at,
        "signature": hmac.new(secret.encode(), words, hashlib.sha256).hexdigest(),
    }


async def test_a_buyer_the_shop_vouches_for_hears_of_their_orders(
    page, answerer, runtime, shop, clock, read
):
    now = int(clock.now.timestamp())
    await begun(page, buyer=signed(runtime, shop, stand.MINE, now), order_id=stand.SENT)
    await page.post("/messages", json=saying("到哪了"))
    await answerer.drain()
    reply = (await read())[1][1]
    assert "ZT75312345678" in reply["text"]
    (card,) = [each for each in reply["cards"] if each["kind"] == "order"]
    assert card["id"] == stand.SENT
    assert "查物流" in [action["label"] for action in card["actions"]]


@pytest.mark.parametrize("wrong", ["secret", "late", "early", "nick", "letters"])
async def test_nobody_is_a_buyer_by_saying_so(page, runtime, shop, clock, wrong):
    clock.stand_at(clock.now)
    at = int(clock.now.timestamp()) - (90_000 if wrong == "late" else 0)
    buyer = signed(runtime, shop, stand.MINE, at, "guess" if wrong == "secret" else None)
    if wrong == "early":
        buyer = signed(runtime, shop, stand.MINE, at + 3600)
    if wrong == "letters":
        buyer["signature"] = "签名"
    if wrong == "nick":
        buyer["nick"] = stand.YOURS
    await refused(page.post("/conversations", json={"buyer": buyer}), 403, "forbidden")


async def test_an_order_of_an_unproven_buyer_is_not_taken(page, answerer, read):
    await begun(page, order_id=stand.SENT)
    await page.post("/messages", json=saying("到哪了", order_id=stand.SENT))
    await answerer.drain()
    reply = (await read())[1][1]
    assert "ZT75312345678" not in reply["text"]
    assert reply["cards"] == []


def picture(size=(3000, 1500), kind="JPEG", **saved):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **saved)
    return out.getvalue()


async def test_a_picture_is_kept_without_what_it_hides(page, new_page, runtime, shop):
    await begun(page)
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    data = picture(exif=exif)
    assert b"taken at home" in data
    said = await made(page.post("/images?client_id=p1", files={"file": ("a.jpg", data)}), 200)
    (image,) = said["images"]
    assert (image["width"], image["height"]) == (2048, 1024)
    path = image["url"].rpartition("/images/")[2]
    got = await page.get(f"/images/{path}")
    assert got.headers["content-type"] == "image/jpeg"
    assert b"taken at home" not in got.content
    other = new_page()
    await begun(other)
    await refused(other.get(f"/images/{path}"), 404, "not_found")


async def test_nobody_sends_more_than_a_picture_holds(new_page):
    """Not even who has no key: a form is read before anybody is asked who they are."""
    page = new_page(at="wk")
    answer = await page.post("/images?client_id=p1", content=b"x" * (9 * 2**20 + 1))
    assert answer.status_code == 413


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"GIF89a", b"\xff\xd8\xff0000"])
async def test_what_is_no_picture_is_refused(page, data):
    await begun(page)
    await refused(
        page.post("/images?client_id=p1", files={"file": ("a.jpg", data)}), 422, "invalid"
    )


async def test_a_shopper_says_how_content_they_are(page, read):
    await begun(page)
    assert (await page.put("/rating", json={"rating": 5, "words": "很快"})).status_code == 204
    assert (await read())[-1][1]["rating"] == 5


@pytest.mark.usefixtures("uncounted_time")
async def test_a_conversation_takes_no_more_than_a_person_writes(page):
    await begun(page)
    answers = [await page.post("/messages", json=saying("在", f"c{n}")) for n in range(31)]
    assert [a.status_code for a in answers[:30]] == [200] * 30
    assert answers[30].status_code == 429
    assert int(answers[30].headers["retry-after"]) > 0


async def test_streams_of_one_conversation_are_few(runtime):
    streams = streaming.streams(runtime)
    with ExitStack() as stack:
        for _ in range(6):
            streams.admit("conv")
            stack.enter_context(streams.counted("conv"))
        with pytest.raises(TooMany):
            streams.admit("conv")
    streams.admit("conv")


async def test_an_erased_buyer_leaves_no_picture_and_no_open_stream(
    page, runtime, shop, answerer, clock, read
):
    now = int(clock.now.timestamp())
    token = await begun(page, buyer=signed(runtime, shop, stand.MINE, now))
    await page.post("/images?client_id=p1", files={"file": ("a.jpg", picture())})
    prefix = runtime.blobs.key(shop, "chat", token.split(".")[0]) + "/"
    assert await runtime.blobs.list(prefix)
    await call(
        runtime, "shop.erase_buyer",
        {"buyer_id": buyer_id(shop, stand.MINE), "nick": stand.MINE},
        shop_id=shop, principal=SYSTEM,
    )  # fmt: skip
    assert await runtime.blobs.list(prefix) == []
    await refused(page.post("/messages", json=saying("在吗")), 401, "unauthenticated")
    assert await read() == [], "it ends; whoever begins another is told why"


async def test_the_secret_is_shown_to_owners_and_kept_nowhere(use, runtime, shop):
    shown = await use("widget_secret")
    assert shown.secret == secret_of(runtime.cipher, shop, 0)
    assert shown.secret not in str(await use("widget"))


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"origins": ["http://shop.example"]}, "origins"),
        ({"origins": ["https://shop.example/path"]}, "origins"),
        ({"origins": ["https://"]}, "origins"),
        ({"color": "red"}, "color"),
        ({"order_url": "https://trade.example/"}, "order_url"),
        ({"product_url": "javascript:alert({id})"}, "product_url"),
    ],
)
async def test_what_is_no_setting_is_refused(use, given, where):
    with pytest.raises(ZhangguiError) as raised:
        await use("save_widget", **given)
    assert raised.value.where == where


async def test_what_is_not_set_stays_whoever_saves_at_the_same_time(use):
    await use("save_widget", greeting="您好", color="#c2410c", silence_minutes=5)
    await use("save_widget", origins=[PAGE])
    await use("allow_page", origin="Second.Example")
    view = await use("save_widget", is_on=False, silence_minutes=None)
    assert (view.is_on, view.silence_minutes) == (False, None)
    assert (view.greeting, view.color) == ("您好", "#c2410c")
    assert view.origins == [PAGE, "https://second.example"]
    kept = await use("save_widget", sets=["greeting"], color="#1e5b4e", origins=[])
    assert (kept.greeting, kept.color, kept.origins) == (None, "#c2410c", view.origins)


async def test_an_assistant_changes_only_what_was_approved(use, runtime, shop):
    await use("save_widget", greeting="您好", origins=[PAGE])
    assistant, owner = Principal("a1", "owner", kind="assistant"), Principal("u1", "owner")
    given = {"color": "#c2410c"}
    asked = await call(runtime, "service.save_widget", given, shop_id=shop, principal=assistant)
    assert asked.approval is not None
    decided = {"approval_id": asked.approval.id, "approve": True}
    await call(runtime, "base.decide_approval", decided, shop_id=shop, principal=owner)
    view = await use("widget")
    assert (view.greeting, view.color, view.origins) == ("您好", "#c2410c", [PAGE])


async def test_a_page_is_allowed_once_and_not_without_end(use):
    for _ in range(2):
        await use("allow_page", origin="shop.example")
    assert (await use("widget")).origins == [PAGE]
    await use("save_widget", origins=[f"https://s{n}.example" for n in range(20)])
    for origin in ("shop.example", "http://shop.example"):
        with pytest.raises(ZhangguiError) as raised:
            await use("allow_page", origin=origin)
        assert raised.value.where == "origin"
    assert len((await use("allow_page", origin="s3.example")).origins) == 20


async def test_what_is_set_is_shown_at_the_door(page, use, runtime, shop):
    await use(
        "save_widget", origins=["shop.example", "http://localhost:8000", "https://店铺.example"],
        color="#C2410C", greeting=" 您好 ",
    )  # fmt: skip
    view = await use("widget")
    assert view.origins == [
        PAGE, "http://localhost:8000", "https://xn--hxtq42j.example",
    ]  # fmt: skip
    shown = await made(look(page), 200)
    assert (shown["color"], shown["greeting"]) == ("#c2410c", "您好")
