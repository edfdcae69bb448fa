"""The figures of the service counted in the plainest way from the events, by the words of their
definitions and without a line of the program's own counting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

DAY = timedelta(hours=24)
CHINA = timezone(timedelta(hours=8))
RECEIVED, ANSWERED = "service.message_received", "service.message_answered"
ADDED, CHANGED = "service.message_added", "service.conversation_state_changed"
RATED, REVIEWED = "service.conversation_rated", "service.answer_reviewed"
PEOPLE = ("waiting", "person")


def sessions_of(events):
    """Of every conversation: the events of each of its sessions, the first first."""
    found = []
    for conversation in dict.fromkeys(each.data["id"] for each in events):
        mine = [each for each in events if each.data["id"] == conversation]
        asked = [each.at for each in mine if each.type == RECEIVED]
        starts = [at for n, at in enumerate(asked) if n == 0 or at - asked[n - 1] >= DAY]
        for n, start in enumerate(starts):
            following = starts[n + 1] if n + 1 < len(starts) else None
            last = max(at for at in asked if at >= start and (not following or at < following))
            begin = next(
                i for i, each in enumerate(mine) if each.type == RECEIVED and each.at == start
            )
            inside = [
                each
                for each in mine[begin:]
                if each.at < last + DAY and each.type in (RECEIVED, ANSWERED, ADDED, CHANGED)
            ]
            found.append((start, last, inside))
    return found


def by_person(each):
    return each.type == ADDED or (each.type == ANSWERED and each.data["by"] == "person")


def by_program(each):
    return each.type == ANSWERED and each.data["by"] == "ai"


def replies(each):
    """Whether it is a reply to a question: that somebody will come is none."""
    return by_person(each) or (by_program(each) and each.data["decision"] != "handoff")


def is_handed_over(each):
    return each.type == CHANGED and (
        each.data["after"] == "waiting"
        or (each.data["before"], each.data["after"]) == ("ai", "person")
    )


def rounds_of(inside):
    """(began, for people, replied by a person at, whether anybody has)"""
    found, part = [], []
    for each in [*inside, None]:
        if each is not None:
            part.append(each)
        if each is None or replies(each):
            questions = [n for n, one in enumerate(part) if one.type == RECEIVED]
            if questions:
                after = part[questions[0] :]
                for_people = (
                    after[0].data["state"] in PEOPLE
                    or (each is not None and by_person(each))
                    or any(is_handed_over(one) for one in after)
                    or any(by_program(one) and one.data["decision"] == "handoff" for one in after)
                )
                at = each.at if each is not None and by_person(each) else None
                found.append((after[0].at, for_people, at, each is not None))
            part = []
    return found


def nearest(values, part):
    """The least value that a part of all are not above."""
    for value in sorted(values):
        if sum(other <= value for other in values) >= part * len(values) - 1e-12:
            return value.total_seconds()
    return None


def divided(part, whole):
    return part / whole if whole else None


def count(events: Sequence[Any], since: datetime, until: datetime, now: datetime) -> dict[str, Any]:
    """Every figure that events alone tell, of the sessions that began in a period."""
    known = [each for each in events if each.at <= now]
    verdicts = {}
    for each in known:
        if each.type == REVIEWED and each.at >= since:
            verdicts[each.data["id"], each.data["seq"]] = each.data["verdict"]
    rows = []
    for start, last, inside in sessions_of(known):
        if not since <= start < until:
            continue
        program = [n for n, each in enumerate(inside) if by_program(each)]
        person = [n for n, each in enumerate(inside) if by_person(each)]
        with_people = (
            bool(person)
            or any(is_handed_over(each) for each in inside)
            or any(each.type == RECEIVED and each.data["state"] in PEOPLE for each in inside)
        )
        wrong = any(
            by_program(each)
            and each.data["decision"] != "handoff"
            and verdicts.get((each.data["id"], each.data["seq"])) == "wrong"
            for each in inside
        )
        answered = any(by_program(each) and each.data["decision"] == "answer" for each in inside)
        rounds = rounds_of(inside)
        first = [each for each in rounds if each[1]][:1]
        rows.append(
            {
                "ended": now - last >= DAY,
                "involved": bool(program),
                "with_people": with_people,
                "resolved": answered and not with_people and not wrong,
                "causes": [
                    "taken" if each.data["after"] == "person" else each.data["cause"] or "other"
                    for each in inside
                    if is_handed_over(each)
                ],
                "program": [
                    inside[program[0]].at - start
                    for _ in program[:1]
                    if not person or program[0] < person[0]
                ],
                "people": [at - began for began, _, at, _ in first if at is not None],
                "rounds": [each for each in rounds if each[1]],
            }
        )
    ended = [row for row in rows if row["ended"]]
    judged = [row for row in ended if row["involved"]]
    involved = sum(row["involved"] for row in rows)
    resolved = sum(row["resolved"] for row in ended)
    measured = [
        (began, at)
        for row in rows
        for began, _, at, is_replied in row["rounds"]
        if 8 <= began.astimezone(CHINA).hour <= 22
        and (is_replied or now - began >= timedelta(minutes=10))
    ]
    took = [
        timedelta(minutes=10) if at is None else min(at - began, timedelta(minutes=10))
        for began, at in measured
    ]
    micro = sum(each.days * 86_400_000_000 + each.seconds * 1_000_000 + each.microseconds
                for each in took)  # fmt: skip
    rated = {}
    for each in known:
        if each.type == RATED and since <= each.at < until:
            rated[each.data["id"]] = each.data["rating"]
    within = [at for began, at in measured if at is not None and at - began <= timedelta(minutes=3)]
    return {
        "conversations": len(rows),
        "involvement": divided(involved, len(rows)),
        "resolution": divided(resolved, len(judged)),
        "automation": divided(involved * resolved, len(rows) * len(judged)),
        "containment": divided(sum(not row["with_people"] for row in ended), len(ended)),
        "hand_overs": sum(len(row["causes"]) for row in rows),
        "program_median": nearest([each for row in rows for each in row["program"]], 0.5),
        "program_p90": nearest([each for row in rows for each in row["program"]], 0.9),
        "people_median": nearest([each for row in rows for each in row["people"]], 0.5),
        "people_p90": nearest([each for row in rows for each in row["people"]], 0.9),
        "three_minutes": divided(len(within), len(measured)),
        "mean_response": divided(micro, len(measured) * 1_000_000),
        "csat": divided(sum(rating in (4, 5) for rating in rated.values()), len(rated)),
        "causes": {
            cause: sum(row["causes"].count(cause) for row in rows)
            for cause in {cause for row in rows for cause in row["causes"]}
        },
        "resolved": resolved,
        "review_seconds": sum(
            each.data["seconds"]
            for each in known
            if each.type == REVIEWED and since <= each.at < until
        ),
    }


def converted(
    events: Sequence[Any],
    conversations: dict[str, tuple[str | None, str | None]],
    orders: dict[str, tuple[str | None, datetime | None, datetime | None]],
    since: datetime,
    until: datetime,
    now: datetime,
) -> Any:
    """Of those who asked before they ordered, how many paid that day or the next."""
    known = [each for each in events if each.at <= now]
    asked: dict[tuple[str, Any], datetime] = {}
    theirs: dict[str, set[str]] = {}
    for start, _, inside in sessions_of(known):
        buyer, named = conversations[inside[0].data["id"]]
        if buyer is None or not since <= start < until:
            continue
        if named is not None:
            theirs.setdefault(buyer, set()).add(named)
            made = orders[named][1] if named in orders else None
            if made is None or made < start:
                continue
        key = (buyer, start.astimezone(CHINA).date())
        if key not in asked or start < asked[key]:
            asked[key] = start
    counted = paid = 0
    for (buyer, day), start in asked.items():
        over = datetime.combine(day, datetime.min.time(), CHINA) + timedelta(days=2)
        mine = [
            (made, paid_at)
            for order_id, (whose, made, paid_at) in orders.items()
            if (whose == buyer or order_id in theirs.get(buyer, ())) and made is not None
        ]
        before = [made for made, _ in mine if made < start]
        if now < over or any(made.astimezone(CHINA).date() == day for made in before):
            continue
        counted += 1
        paid += any(
            made >= start and paid_at is not None and paid_at < over for made, paid_at in mine
        )
    return divided(paid, counted)
