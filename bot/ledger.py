"""The applications of one chat in the course of one turn, and what is to be written of them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.letters import Decision, Refused
from dialogs import effects
from dialogs.incoming import Filed, Moved
from dialogs.lifecycle import ENDED, NEEDS_REASON, Actor, Application, Move, State, may_move
from dialogs.terms import working_days_after
from dialogs.world import World
from storage.applications import Amendment, Filing, Handling, Moving, Paper
from storage.facts import Fact

_PROMISED: frozenset[State] = frozenset({"submitted", "in_review"})


class NotAllowed(Refused):
    """A move that the life of applications does not have: from ``here`` to ``there``."""

    def __init__(self, here: State, there: State) -> None:
        super().__init__(f"an application does not go from {here} to {there}")
        self.here = here
        self.there = there


class HasIt(Refused):
    """A colleague called ``name`` has the application by now."""

    def __init__(self, name: str) -> None:
        super().__init__("a colleague has the application")
        self.name = name


class Ledger:
    """Files and moves applications by the rules of `dialogs.lifecycle`.

    ``now`` is the turn's moment in UTC; terms are counted from the day it is in the world.
    ``facts`` say of decisions whether they came within the term that was promised.
    """

    def __init__(
        self,
        chat_id: int,
        known: Iterable[Application],
        world: World,
        now: datetime,
        number: Callable[[], str],
    ) -> None:
        self.filings: list[Filing] = []
        self.amendments: list[Amendment] = []
        self.movings: list[Moving] = []
        self.handlings: list[Handling] = []
        self.facts: list[Fact] = []
        self._chat_id = chat_id
        self._known = {one.number: one for one in known}
        self._today = world.now.date()
        self._promises = world.promises
        self._now = now
        self._number = number

    @property
    def filed(self) -> frozenset[str]:
        """The forms of the applications filed in this turn."""
        return frozenset(filing.form for filing in self.filings)

    @property
    def applications(self) -> tuple[Application, ...]:
        """What the chat has by now, the newest first."""
        return tuple(self._known.values())

    def file(self, wish: effects.File) -> Filed | Moved:
        """File a new application, or complete one that waits for answers.

        One that does not wait for any stays as it is, and its state is told instead.
        """
        if wish.amends:
            return self._amend(wish)
        number, due_on = self._number(), working_days_after(self._today, self._promises.review)
        filing = Filing(
            self._chat_id,
            number,
            wish.form,
            wish.version,
            dict(wish.answers),
            self._now,
            wish.about,
            due_on,
            wish.sources,
        )
        self.filings.append(filing)
        begun = (Move("submitted", self._now, "citizen"),)
        filed = Application(number, wish.form, "submitted", begun, wish.about, due_on)
        self._known = {number: filed, **self._known}
        return Filed(wish.form, number)

    def move(self, wish: effects.Move) -> Moved:
        """Move an application if it may go there, and tell its state either way."""
        application = self._known[wish.number]
        if may_move(application.state, wish.state, wish.actor):
            application = self._move(application, wish.state, wish.actor)
        return Moved(
            application.number, application.form, application.state, due_on=application.due_on
        )

    def decide(self, decision: Decision, paper: Paper | None) -> Moved | None:
        """Make the move that a representative wants; raises `Refused`.

        Whoever takes an application has it until they give it back, and nobody else decides it
        without taking it over, which nobody is told of.
        """
        wanted = decision.incoming
        if paper is None:
            raise Refused("there is no such application")
        if (paper.channel, paper.address) != (decision.channel, decision.chat):
            raise Refused("the conversation has just moved to another messenger; try again")
        if decision.takes_from is not None:
            self._take_over(decision, paper)
            return None
        if paper.taken_by and paper.taken_by != decision.login:
            raise HasIt(paper.taken_name)
        application = paper.application
        if not may_move(application.state, wanted.state, "representative"):
            raise NotAllowed(application.state, wanted.state)
        if wanted.state in NEEDS_REASON and not wanted.reason.strip():
            raise Refused(f"{wanted.state} needs a reason that the citizen can be told")
        asks = wanted.state == "needs_clarification"
        if asks != bool(wanted.steps) or not set(wanted.steps) <= set(paper.answers):
            raise Refused("a clarification, and nothing else, asks for answers that were given")
        moved = self._move(
            application,
            wanted.state,
            "representative",
            reason=wanted.reason,
            name=decision.name,
            steps=wanted.steps,
        )
        is_back = wanted.state == "submitted"
        has = ("", "") if is_back else (decision.login, decision.name)
        self.handlings.append(Handling(wanted.number, *has))
        is_issued = (moved.form, wanted.state) == ("extract", "approved")
        answers = paper.answers if asks or is_issued else {}
        return replace(wanted, form=moved.form, due_on=moved.due_on, answers=answers)

    def _take_over(self, decision: Decision, paper: Paper) -> None:
        """Give an application to whoever takes it, if it is still with whom they saw it."""
        if paper.application.state in ENDED:
            raise NotAllowed(paper.application.state, "in_review")
        if paper.taken_by != decision.takes_from:
            raise HasIt(paper.taken_name)
        if decision.takes_from in ("", decision.login):
            raise Refused("it is taken over from somebody else")
        number = paper.application.number
        self.handlings.append(Handling(number, decision.login, decision.name))

    def _amend(self, wish: effects.File) -> Filed | Moved:
        application = self._known[wish.amends]
        if not may_move(application.state, "in_review", "citizen"):
            return Moved(
                application.number, application.form, application.state, due_on=application.due_on
            )
        self.amendments.append(
            Amendment(
                application.number, wish.version, dict(wish.answers), wish.about, wish.sources
            )
        )
        self._move(replace(application, about=wish.about), "in_review", "citizen")
        return Filed(wish.form, application.number)

    def _move(
        self,
        application: Application,
        there: State,
        actor: Actor,
        *,
        reason: str = "",
        name: str = "",
        steps: tuple[str, ...] = (),
    ) -> Application:
        move = Move(there, self._now, actor, reason)
        due_on = self._due(application, there)
        place = len(application.moves)
        if actor == "representative" and application.state in _PROMISED and there not in _PROMISED:
            kept = application.due_on is None or self._today <= application.due_on
            self.facts.append(("kept" if kept else "late", application.form))
        self.movings.append(Moving(application.number, place, move, name, due_on, steps))
        moved = replace(application, state=there, moves=(*application.moves, move), due_on=due_on)
        self._known[application.number] = moved
        return moved

    def _due(self, application: Application, there: State) -> date | None:
        """Find the term of a state; a promise to look stands until somebody has decided."""
        if there == "needs_clarification":
            return working_days_after(self._today, self._promises.clarification)
        if there not in _PROMISED:
            return None
        if application.state in _PROMISED:
            return application.due_on
        return working_days_after(self._today, self._promises.review)
