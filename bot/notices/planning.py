"""From what an operator wrote to what is sent: channels, buttons, wordings, and their faults."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.notices.audiences import unknown_in
from bot.notices.refusals import Fault, NotAllowed
from bot.organisation import Organisation
from dialogs.buttons import encode
from dialogs.effects import Button, Data, Template
from dialogs.faq.library import Library
from dialogs.forms import FORMS
from dialogs.meanings import Begin, ToTopic
from dialogs.message import Message
from dialogs.notices.content import Conditions, Content, Wording
from dialogs.notices.meanings import AnswerNotice
from dialogs.notices.placeholders import PERSONAL, bare, fill, is_balanced, names_in
from dialogs.notices.states import Deed, State, moved
from dialogs.words import Words
from storage.messages import extra_of
from storage.notice_sets import Plan
from storage.notice_wordings import Spoken
from storage.notices import Notice

_WEEK: Final = timedelta(days=7)
_LONGEST: Final = 3500  # characters; the narrowest messenger shows 4000 with what is added
_MOST_BUTTONS: Final = 3  # WhatsApp makes a list of more
_LONGEST_LABEL: Final = 20  # characters of a button of WhatsApp's


@dataclass(frozen=True, slots=True)
class Planning:
    """What is known of the organisation's words, and of the channels that are switched on.

    ``channels`` tell by name whether personal data may travel there.
    """

    words: Mapping[str, Words]
    library: Library
    organisation: Organisation
    channels: Mapping[str, bool]

    @property
    def messengers(self) -> tuple[str, ...]:
        """Name the channels that messages have to be sent through."""
        return tuple(name for name in self.channels if name != "web")

    @property
    def approval_above(self) -> int:
        """Return to how many people a notice goes without another person's approval."""
        return self.organisation.notices.approval_above

    def after(self, state: State, deed: Deed) -> State:
        """Return the state that a deed leads to; raises `NotAllowed`."""
        then = moved(state, deed)
        if then is None:
            raise NotAllowed(state)
        return then

    def plan(self, one: Notice, now: datetime) -> Plan:
        """Plan who gets a notice."""
        channels = one.channels or self.channels_for(one.content)
        personal = self.data(one.content) == "personal"
        uncleared = tuple(name for name, cleared in self.channels.items() if not cleared)
        return Plan(one.id, one.content, channels, now, now - _WEEK, uncleared if personal else ())

    def channels_for(self, content: Content) -> tuple[str, ...]:
        """Name the channels a notice may go through: switched on, chosen, cleared for its data."""
        chosen = content.audience.channels if isinstance(content.audience, Conditions) else ()
        personal = self.data(content) == "personal"
        return tuple(
            name
            for name, cleared in self.channels.items()
            if (not chosen or name in chosen) and (cleared or not personal)
        )

    def data(self, content: Content) -> Data:
        """Tell what kind of data is inside: a person's name makes it personal."""
        personal = any(_personal(one) for one in content.texts.values())
        return "personal" if personal else "general"

    def message(self, number: int, content: Content, language: str, now: datetime) -> Message:
        """Word a notice in a language, all but what differs from person to person."""
        spoken, wording = content.wording(language)
        words = self.words[spoken]
        values = self.organisation.values(words, now.date())
        text = "\n\n".join(filter(None, (wording.text.strip(), wording.question.strip())))
        note = "" if content.kind == "duty" else words(f"notice.note.{content.kind}")
        return Message(
            0,
            "assistant",
            now,
            fill(text, values),
            tuple(self._buttons(number, content, spoken, wording)),
            note,
            self.data(content),
            document=content.document,
            template=Template(content.template) if content.template else None,
        )

    def wordings(self, one: Notice, now: datetime) -> list[Spoken]:
        """Word a notice in all its languages, as histories keep it."""
        said = []
        for language, wording in one.content.texts.items():
            kept: Any = extra_of(self.message(one.id, one.content, language, now))
            extra: dict[str, Any] = dict(kept or {})
            if language == one.content.fallback:
                extra["first"] = True
            if _personal(wording):
                extra["personal"] = True
            text = self.message(one.id, one.content, language, now).text
            said.append(Spoken(language, text, extra))
        return said

    def _buttons(
        self, number: int, content: Content, language: str, wording: Wording
    ) -> Iterator[Button]:
        for place, answer in enumerate(wording.answers):
            yield Button(encode(AnswerNotice(number, place)), answer)
        for named in content.buttons:
            kind, _, name = named.partition(":")
            if kind == "topic":
                label = self.library.topics[language][name].button
                yield Button(encode(ToTopic(name)), label)
            else:
                yield Button(encode(Begin(name)), self.words[language](f"{name}.begin"))

    def faults(self, content: Content, now: datetime) -> tuple[Fault, ...]:
        """List what has to be mended before a notice can be sent."""
        return tuple(self._faults(content, now))

    def _faults(self, content: Content, now: datetime) -> Iterator[Fault]:
        if not content.title.strip():
            yield Fault("no_title")
        if not content.texts or content.fallback not in content.texts:
            yield Fault("no_text", content.fallback)
        for language, wording in content.texts.items():
            yield from self._faults_of(content, language, wording, now)
        for named in content.buttons:
            kind, _, name = named.partition(":")
            known = {"topic": self.library.topics.get(content.fallback, {}), "form": FORMS}
            if name not in known.get(kind, {}):
                yield Fault("button", named)
        if content.expires_at and content.expires_at <= max(content.starts_at or now, now):
            yield Fault("expires_before_start")
        if content.template and content.template not in self.organisation.whatsapp.templates:
            yield Fault("template", content.template)
        yield from unknown_in(content.audience, self.words)
        if not self.channels_for(content):
            yield Fault("no_channel")

    def _faults_of(
        self, content: Content, language: str, wording: Wording, now: datetime
    ) -> Iterator[Fault]:
        if language not in self.words:
            yield Fault("language", language)
            return
        said = f"{wording.text}\n{wording.question}"
        known = {*PERSONAL, *self.organisation.values(self.words[language], now.date())}
        if not wording.text.strip():
            yield Fault("no_text", language)
        if len(said) > _LONGEST:
            yield Fault("too_long", language, str(len(said)))
        if not is_balanced(said):
            yield Fault("braces", language)
        for name in sorted(names_in(said) - known):
            yield Fault("placeholder", language, name)
        for name in sorted(bare(said) & PERSONAL):
            yield Fault("no_otherwise", language, name)
        if wording.answers and not wording.question.strip():
            yield Fault("no_question", language)
        if len(wording.answers) != len(content.texts.get(content.fallback, wording).answers):
            yield Fault("answers_differ", language)
        if len(wording.answers) + len(content.buttons) > _MOST_BUTTONS:
            yield Fault("too_many_buttons", language)
        for label in (one for one in wording.answers if not 0 < len(one) <= _LONGEST_LABEL):
            yield Fault("label", language, label)


def _personal(wording: Wording) -> bool:
    return bool(names_in(f"{wording.text}{wording.question}") & PERSONAL)
