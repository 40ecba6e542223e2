"""A notice as somebody has typed it: all that can be read of it, and what could not be."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Final

from msgspec import structs

from bot.desk.dispatch import Refused
from bot.desk.notices import zones
from bot.desk.reading import number
from bot.desk.visit import Visit
from bot.notices.audiences import known_regions
from dialogs.lifecycle import MOVES
from dialogs.notices.content import KINDS, UNRATIONED, Audience, Conditions, Content, Wording

BUTTONS: Final = 3
_LONGEST: Final = 4000
_LONGEST_TITLE: Final = 120
_LONGEST_QUESTION: Final = 300
_MOST_ANSWERS: Final = 9  # as many as are read; how many may be sent is told among the faults
_DAYS: Final = 3650
_INSURED: Final = {"yes": True, "no": False}


class Typed:
    """Reads a posted form on top of what there was ``before``, as far as the form can say it.

    Nothing raises over a slip: ``content`` is what could be read, ``unclear`` names by field the
    sentence that says what could not be, and ``fields`` are the small fields as they were typed,
    so that the page can show everything again.
    """

    def __init__(self, visit: Visit, before: Content) -> None:
        self._visit = visit
        self._form = visit.form
        self._before = before
        self._zone = zones.chosen(visit, self._form.get("zone", ""), before.zone)
        self.unclear: dict[str, str] = {}
        self.content = self._read()

    @property
    def fields(self) -> Mapping[str, str]:
        """Return the small fields as typed."""
        shown = fields_of(self._visit, self.content)
        return {name: self._form.get(name, "") for name in shown}

    @property
    def _channels(self) -> Collection[str]:
        return self._visit.desk.assistant.notices.planning.channels

    def _read(self) -> Content:
        form, before = self._form, self._before
        kind = next((one for one in KINDS if one == form.get("kind")), None)
        if kind is None or any("\x00" in text for text in form.values()):
            raise Refused(400, "malformed")
        return replace(
            before,
            title=" ".join(form.get("title", "").split())[:_LONGEST_TITLE],
            kind=kind,
            texts=dict(self._wordings()),
            fallback=self._fallback(),
            audience=self._audience(),
            buttons=tuple(self._buttons()),
            template=form.get("template", "").strip()[:_LONGEST_TITLE],
            starts_at=self._starts_at(),
            zone=self._zone,
            expires_at=self._moment("expires_at", before.expires_at),
            in_stages=form.get("in_stages") == "1",
            brake=self._whole("brake", 100) or before.brake,
            budget=self._whole("budget", UNRATIONED) or before.budget,
        )

    def _fallback(self) -> str:
        named = self._form.get("fallback", "")
        return named if named in self._visit.desk.words else self._before.fallback

    def _wordings(self) -> Iterator[tuple[str, Wording]]:
        for language in self._visit.desk.words:
            text, question, answers = (
                self._form.get(f"{part}.{language}", "").replace("\r\n", "\n").strip()
                for part in ("text", "question", "answers")
            )
            if text or question or answers:
                lines = filter(None, (line.strip() for line in answers.splitlines()))
                labels = tuple(line[:_LONGEST_TITLE] for line in lines)[:_MOST_ANSWERS]
                yield language, Wording(text[:_LONGEST], question[:_LONGEST_QUESTION], labels)

    def _buttons(self) -> Iterator[str]:
        for place in range(1, BUTTONS + 1):
            if named := self._form.get(f"button.{place}", ""):
                yield named[:_LONGEST_TITLE]

    def _audience(self) -> Audience:
        """Read whom it is for; nobody writes to citizens of regions that he may not see.

        An audience that no form can say (a list, the results of another notice) stays as it is.
        """
        before = self._before.audience
        if not isinstance(before, Conditions):
            return before
        form, visit = self._form, self._visit
        known = known_regions(visit.desk.words)
        regions = tuple(
            one for one in form.getall("region", ()) if one in known and visit.sees(one)
        )
        if visit.regions is not None and not regions:
            regions = tuple(sorted(visit.regions)) or ("none",)
        return structs.replace(
            before,
            channels=tuple(one for one in form.getall("channel", ()) if one in self._channels),
            languages=tuple(one for one in form.getall("language", ()) if one in visit.desk.words),
            regions=regions,
            insured=_INSURED.get(form.get("insured", "")),
            terms=form.get("terms") == "1",
            applications=tuple(one for one in form.getall("application", ()) if one in MOVES),
            seen_since=self._days_ago("seen_within", before.seen_since),
            seen_before=self._days_ago("unseen_for", before.seen_before),
        )

    def _days_ago(self, name: str, before: datetime | None) -> datetime | None:
        """Read so many days back; what was left alone stays to the second."""
        days = self._whole(name, _DAYS)
        if days == days_since(self._visit, before):
            return before
        return self._visit.now - timedelta(days=days) if days else None

    def _starts_at(self) -> datetime | None:
        if self._form.get("when") != "at":
            return None
        before = self._before.starts_at
        moment = self._moment("starts_at", before)
        if not self._form.get("starts_at", "").strip():
            self.unclear["starts_at"] = "desk.notice.unclear.moment"
        return moment

    def _moment(self, name: str, before: datetime | None) -> datetime | None:
        """Read a moment of the chosen zone; one that was left alone stays to the second."""
        text = self._form.get(name, "").strip()
        if not text:
            return None
        zone = zones.zone_of(self._visit, replace(self._before, zone=self._zone))
        if text == local(before, zone):
            return before
        try:
            return datetime.fromisoformat(text).replace(tzinfo=zone)
        except ValueError:
            self.unclear[name] = "desk.notice.unclear.moment"
            return before

    def _whole(self, name: str, most: int) -> int:
        text = self._form.get(name, "").strip()
        found = number(text) if text else 0
        if found is None or found > most:
            self.unclear[name] = "desk.notice.unclear.number"
            return 0
        return found


def fields_of(visit: Visit, content: Content) -> Mapping[str, str]:
    """Write what small fields show of a notice."""
    asked = content.audience if isinstance(content.audience, Conditions) else Conditions()
    zone = zones.zone_of(visit, content)
    return {
        "when": "at" if content.starts_at else "now",
        "starts_at": local(content.starts_at, zone),
        "expires_at": local(content.expires_at, zone),
        "seen_within": str(days_since(visit, asked.seen_since) or ""),
        "unseen_for": str(days_since(visit, asked.seen_before) or ""),
        "brake": str(content.brake),
        "budget": str(content.budget),
    }


def days_since(visit: Visit, moment: datetime | None) -> int:
    """Count the days since a moment, at least one; 0 where nobody asks."""
    return max(1, round((visit.now - moment) / timedelta(days=1))) if moment else 0


def local(moment: datetime | None, zone: tzinfo) -> str:
    """Write a moment as a field of a page takes it, in a zone."""
    return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if moment else ""
