"""Whatever comes between two transactions: every message is answered once at most, by what saw it,
and the program never speaks where a person is to."""

import asyncio
import os
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.service.chat.room import ANSWER, HANDOFF, Room, be_silent, employ, open_between
from zhanggui.base.errors import Conflict
from zhanggui.base.runtime import opened
from zhanggui.service.chat import conversations
from zhanggui.service.chat.conversations import LEASE
from zhanggui.shop.opening import open_shop

EXAMPLES = int(os.environ.get("INTERLEAVINGS", "12"))
"""Conversations that are played, of some fifty transactions each."""
PEOPLE = st.sampled_from(["u1", "u2"])
WORKERS = st.sampled_from(["one", "two", "three"])


@pytest.mark.db
@pytest.mark.timeout(600)
def test_no_order_of_things_doubles_loses_or_interrupts(settings, shop_id, clock, engine):
    with asyncio.Runner() as runner:
        opening = opened(settings)
        runtime = runner.run(opening.__aenter__())
        runner.run(open_shop(runtime, shop_id, "檐下碗铺"))
        runner.run(be_silent(runtime, shop_id, clock.now))
        runner.run(employ(runtime, shop_id, "u1", "u2"))
        runner.run(open_between(runtime, shop_id, clock.now))

        class Played(Conversing):
            run, time = staticmethod(runner.run), clock

            def new_room(self):
                return self.run(Room(runtime, shop_id).start())

        played = hypothesis.settings(
            max_examples=EXAMPLES, stateful_step_count=50, deadline=None, database=None,
            suppress_health_check=list(hypothesis.HealthCheck),
        )  # fmt: skip
        run_state_machine_as_test(Played, settings=played)
        runner.run(opening.__aexit__(None, None, None))


class Conversing(RuleBasedStateMachine):
    """One conversation, three answerers that think as long as they like, people and a clock.

    `quiet` is whether the program may not speak: a person has, or it handed over.
    """

    run: Any
    time: Any

    def new_room(self) -> Any:
        """A conversation that has just begun."""
        raise NotImplementedError

    def __init__(self):
        super().__init__()
        self.room = self.new_room()
        self.taken, self.sent, self.quiet, self.until = [], [], False, None

    @rule()
    def writes(self):
        self.sent.append(f"m{len(self.sent)}")
        if self.run(self.room.row()).state == "closed":
            self.quiet = False
        self.run(self.room.writes(self.sent[-1]))

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def sends_again(self, data):
        before = self.run(self.room.row())
        self.run(self.room.writes(data.draw(st.sampled_from(self.sent))))
        assert self.run(self.room.row()).version == before.version

    @rule(by=WORKERS)
    def takes(self, by):
        taken = self.run(self.room.takes(by))
        if taken is None:
            return
        if self.quiet:
            assert self.time.now >= self.until
            self.quiet = False
        self.taken.append(taken)

    @precondition(lambda self: self.taken)
    @rule(data=st.data(), said=st.sampled_from([ANSWER, ANSWER, HANDOFF]))
    def has_thought(self, data, said):
        """Some answerer, perhaps one whose turn ran out long ago."""
        taken = data.draw(st.sampled_from(self.taken))
        stands = conversations.standing(self.run(self.room.row()), taken)
        try:
            self.run(self.room.replies(taken, said))
        except Conflict:
            assert stands != "ours"
            return
        assert stands == "ours"
        assert not self.quiet
        if said is HANDOFF:
            self._people_are_to_speak()

    @precondition(lambda self: self.taken)
    @rule(data=st.data())
    def lets_go(self, data):
        self.run(self.room.lets_go(data.draw(st.sampled_from(self.taken))))

    @rule()
    def person_speaks(self):
        self.run(self.room.speaks("我来看看"))
        self._people_are_to_speak()

    @rule(who=PEOPLE)
    def person_takes_over(self, who):
        if self.run(self.room.row()).state == "closed":
            return
        self.run(self.room.takes_over(who))
        self._people_are_to_speak()

    @rule(who=PEOPLE, is_on=st.booleans(), most=st.integers(1, 2))
    def person_comes_or_goes(self, who, is_on, most):
        """At the desk, while other conversations come and go too."""
        self.run(self.room.at_desk(who, is_on=is_on, most=most))

    @rule()
    def resumes(self):
        self.run(self.room.resumes())
        self.quiet = False

    @rule()
    def closes(self):
        self.run(self.room.closes())
        self.quiet = True
        self.until = self.time.now.max.replace(tzinfo=self.time.now.tzinfo)

    @rule()
    def is_tidied(self):
        """Nothing that somebody is owed an answer to is closed."""
        before = self.run(self.room.row())
        if not self.run(self.room.close_idle()):
            assert self.run(self.room.row()).state == before.state
            return
        assert (before.due_at, before.answered_seq) == (None, before.shopper_seq)
        self.quiet = True
        self.until = self.time.now.max.replace(tzinfo=self.time.now.tzinfo)

    @rule(seconds=st.sampled_from([1, int(LEASE.total_seconds()), 600, 90_000]))
    def time_passes(self, seconds):
        self.time.move(seconds=seconds)

    def _people_are_to_speak(self):
        self.quiet, self.until = True, self.run(self.room.row()).resumes_at

    @invariant()
    def is_whole(self):
        messages, row = self.run(self.room.messages()), self.run(self.room.row())
        assert [m.seq for m in messages] == list(range(1, len(messages) + 1))
        assert row.last_seq == len(messages)
        shopper = [m for m in messages if m.author == "shopper"]
        assert [m.client_id for m in shopper] == self.sent
        answered = [m.answers for m in messages if m.answers is not None]
        assert answered == sorted(set(answered))
        self._is_somebodys(row)
        for message in messages:
            if message.author == "ai":
                seen = [m.seq for m in shopper if m.seq < message.seq]
                assert message.answers == seen[-1]
        assert row.answered_seq == max(answered, default=0)
        assert row.shopper_seq == (shopper[-1].seq if shopper else 0)

    def _is_somebodys(self, row):
        """After a hand-off it is a person's, or waits where whoever comes is given it."""
        with_people = row.state in ("waiting", "person")
        if row.promised_at is not None:
            assert with_people
            assert row.promised_at == row.due_at
        if not with_people:
            assert (row.assignee, row.due_at) == (None, None)
        elif row.assignee is None:
            assert row.id in self.run(self.room.queue())
        if row.state == "waiting":
            assert row.due_at is not None
        if with_people and row.shopper_seq > row.answered_seq:
            assert row.due_at is not None, "somebody owes an answer"

    def teardown(self):
        """What the program owes is answered however things were left."""
        self.time.move(seconds=2 * LEASE.total_seconds())
        taken = self.run(self.room.takes("last"))
        if taken is not None:
            self.run(self.room.replies(taken))
        row = self.run(self.room.row())
        assert row.state != "ai" or row.answered_seq == row.shopper_seq
