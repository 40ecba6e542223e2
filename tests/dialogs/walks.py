"""Random walks: whatever people press, type, send, and whatever the world does meanwhile."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_args

from hypothesis import strategies as st

from dialogs.buttons import encode
from dialogs.duties.duty import CHANGES, Duty
from dialogs.duties.meanings import (
    DutyAct,
    InZone,
    OnDuty,
    Report,
    SayDay,
    SayWhom,
    ToDeadlines,
    ToZones,
)
from dialogs.identity_meanings import Allow, MyNumber, Part, SayWho, SendAgain, ToPeople, Want
from dialogs.incoming import (
    Attached,
    Busy,
    ClaimChecked,
    ClaimTaken,
    CodeChecked,
    CodeSent,
    Filed,
    FileSent,
    Issued,
    Moved,
    NotIssued,
    Opened,
    Paused,
    Pressed,
    Said,
    Scanned,
    Unreadable,
    Vouched,
    Woke,
)
from dialogs.lifecycle import MOVES
from dialogs.meanings import (
    Agree,
    AllTopics,
    Back,
    Begin,
    BeginAnyway,
    Cancel,
    Change,
    Choose,
    Discard,
    Edit,
    FillIn,
    GoOn,
    Helpful,
    Keep,
    NoneOfThese,
    NotThis,
    Resume,
    Skip,
    Submit,
    ToLanguage,
    ToMenu,
    ToPerson,
    ToPhoto,
    ToTopic,
    Why,
)
from dialogs.move_events import (
    AllHanded,
    CodeTyped,
    DraftHanded,
    DraftSought,
    DraftWanted,
    MoveCode,
)
from dialogs.move_meanings import MoveAct, MoveOn
from dialogs.paper import PaperPolicy
from dialogs.person_meanings import AskCallback, CallAt, Judge, LeaveQuestion, NotWait
from dialogs.session import Draft, Session
from dialogs.snapshot import dump
from dialogs.talk_events import (
    HandedIn,
    PassedOn,
    Queued,
    RepresentativeJoined,
    RepresentativeLeft,
    RepresentativeSaid,
    SetAside,
)
from tests.dialogs.people import SAID, answers_to

POLICY = PaperPolicy(
    "9978940898005000", "ИВАНОВА", "АННА", "ПЕТРОВНА", "female", date(1950, 1, 1), None
)
PHRASES = (
    *("потеряла полис", "меню", "назад", "отмена", "оператор", "да", "нет", "1", "2", "9"),
    *("родилась дочка", "English", "по-русски", "Маша", "1.11.2026", "31.12.2030", "", "  "),
    *("👍", "сколько ждать?", "за ребёнка", "я", "6449020886006380", "спасибо", "пропустить"),
    *("i lost my policy", "gjkbc", "не дышит", "help", "отправить", "это всё", "Изменить"),
    *("вчера получила новый паспорт", "переехали в Пермь", "мои сроки", "готово", "часовой пояс"),
    *("поменяла фамилию 31 января", "сменил телефон", "дочь поменяла паспорт 3.11", "завтра"),
    *("пришлите выписку", "мои полисы", "+7 900 000-00-01", "7.3.1985", "0001", "482106"),
    *("продолжить в другом мессенджере", "код 482106", "ссылка", "Да, перенести"),
)


def meanings(forms):
    """Draw anything that a button can mean, existing or not."""
    form = st.sampled_from([*forms, "gone"])
    number = st.integers(0, 4)
    steps = [step for one in forms.values() for step in one.steps]
    step = st.sampled_from([*sorted({step.id for step in steps}), "gone"])
    values = {value for step in steps for value in step.field.choices()}
    value = st.sampled_from([*sorted(values), "gone"])
    return st.one_of(
        st.sampled_from([ToMenu(), Back(), Cancel(), GoOn(), NoneOfThese(), ToPerson()]),
        st.sampled_from(
            [Allow(), SendAgain(), MyNumber(), ToPeople(), SayWho("self"), SayWho("child")]
        ),
        st.sampled_from([LeaveQuestion(), AskCallback(), NotWait(), CallAt("noon")]),
        st.builds(Judge, st.sampled_from([7, 8]), st.integers(1, 5)),
        st.sampled_from([ToPhoto(), FillIn(), NotThis()]),
        st.builds(Want, st.sampled_from(["extract", "number", "link"]), st.integers(0, 2)),
        st.builds(Part, st.integers(0, 3), st.booleans()),
        st.builds(Report, st.sampled_from([None, *CHANGES])),
        st.builds(MoveOn, st.sampled_from(get_args(MoveAct))),
        st.builds(SayDay, st.dates(date(2000, 1, 1), date(2030, 1, 1))),
        st.builds(SayWhom, st.sampled_from(["", "child", "other"]), st.just(0)),
        st.builds(SayWhom, st.just(""), st.integers(1, 3)),
        st.builds(OnDuty, st.integers(1, 3), st.sampled_from(get_args(DutyAct))),
        st.builds(ToZones, st.integers(0, 9)),
        st.builds(InZone, st.sampled_from(["Asia/Kamchatka", "Europe/Kaliningrad"])),
        st.just(ToDeadlines()),
        st.builds(AllTopics, st.integers(0, 9)),
        st.builds(ToTopic, st.sampled_from(["loss", "smo_change", "operator", "gone"])),
        st.builds(Helpful, st.sampled_from(["loss", "gone"]), st.booleans()),
        st.builds(ToLanguage, st.sampled_from(["ru", "en", "xx"])),
        st.builds(Begin, form),
        st.builds(Choose, form, number, step, value),
        st.builds(Edit, form, number, step),
        st.builds(Skip, form, number, step),
        st.builds(Why, form, number, step),
        st.builds(Keep, form, number, step),
        st.builds(Agree, form, number),
        st.builds(BeginAnyway, form),
        st.builds(Change, form, number, st.integers(0, 9)),
        st.builds(Submit, form, number),
        st.builds(Resume, form, number),
        st.builds(Discard, form, number),
    )


def conversations(forms):
    """Conversations as they come from another chat, as JSON."""
    drafts = st.builds(
        lambda form, number: Draft(form, 1, number),
        st.sampled_from([*sorted(forms), "gone"]),
        st.integers(1, 3),
    )
    noted = date(2026, 11, 21)
    duties = st.builds(
        lambda number, about: Duty(number, "name", noted, noted, noted, about),
        st.integers(1, 3),
        st.sampled_from(["", "child"]),
    )
    return st.builds(
        lambda draft, parked, duty, consent: dump(
            Session(
                draft=draft,
                parked=(replace(parked, number=4),) if parked else (),
                begun=4,
                duties=(duty,) if duty else (),
                noted=3,
                consent=consent,
            )
        ),
        st.none() | drafts,
        st.none() | drafts,
        st.none() | duties,
        st.sampled_from(["", "1"]),
    )


def events(forms):
    """Draw anything that can happen; most of it as people do it."""
    file = st.builds(
        FileSent, st.sampled_from(["f1", ""]), st.just("image/jpeg"), st.integers(1, 10**6)
    )
    return st.one_of(
        st.builds(Said, st.sampled_from(PHRASES)),
        st.builds(Said, st.sampled_from(sorted({text for said in SAID.values() for text in said}))),
        st.builds(Pressed, meanings(forms).map(encode)),
        st.builds(Said, st.text(max_size=40)),
        st.builds(Pressed, st.text(max_size=20)),
        st.builds(Attached, st.lists(file, min_size=1, max_size=2).map(tuple), st.just("")),
        st.builds(Unreadable, st.sampled_from(["voice", "sticker", "other"])),
        st.builds(Opened, st.sampled_from(["", "t-loss", "x", *(f"f-{form}" for form in forms)])),
        st.builds(Filed, st.sampled_from(sorted(forms)), st.just("4821-7390-5")),
        st.builds(
            Moved,
            st.just("4821-7390-5"),
            st.just("reimbursement"),
            st.sampled_from(list(MOVES)),
            st.just("не видно"),
            st.just(date(2026, 12, 1)),
            st.just(("treated_on",)),
            st.just({"who": "me", "treated_on": "2026-11-01", "note": None, "receipts": ["f1"]}),
        ),
        st.builds(Woke, st.sampled_from(["draft:1", "duty:1", "duty:2", "window", "waiting"])),
        st.sampled_from([CodeSent(), CodeChecked(), CodeChecked(1), Busy(), Busy(1), Busy(9)]),
        st.sampled_from([Issued(1, "K7QM"), Issued(9, "K7QM"), NotIssued(1, "fault")]),
        st.builds(
            Scanned,
            st.just(("f1",)),
            st.sampled_from([None, POLICY]),
            st.sampled_from(["nothing", "qr", "failed"]),
        ),
        st.sampled_from([DraftSought("found"), DraftWanted(17, "max", 1), MoveCode("482106", 1)]),
        st.builds(DraftHanded, st.sampled_from([*sorted(forms), "gone"]), st.just(1)),
        st.sampled_from([DraftWanted(17, "max", 0), CodeTyped("max")]),
        st.builds(AllHanded, st.just("max"), st.just("700"), conversations(forms)),
        st.sampled_from([ClaimTaken(), ClaimChecked(), ClaimChecked(1)]),
        st.builds(Vouched, st.sampled_from(["+79000000001", "+375291234567", "112"])),
        st.just(Paused(datetime(2026, 11, 22, 10, tzinfo=UTC))),
        st.builds(RepresentativeJoined, st.just("Анна"), st.booleans()),
        st.builds(Queued, st.sampled_from(["live", "question", "callback"]), st.integers(1, 9)),
        st.sampled_from([RepresentativeSaid("Анна", "Да"), PassedOn("Борис"), SetAside()]),
        st.builds(HandedIn, st.just("Анна"), st.sampled_from(sorted(forms))),
        st.builds(
            RepresentativeLeft,
            st.sampled_from(["back", "closed", "lapsed", "passed"]),
            st.just(7),
        ),
    )


def walks(form):
    """Draw the way of somebody who means to finish a form, with a stray event here and there.

    Each stretch is the number of questions answered in earnest, and what happens then.
    """
    return st.lists(st.tuples(st.integers(0, 4), events({form.id: form})), max_size=8)


def earnest(step):
    """Draw an answer to a step as somebody gives it who means to finish."""
    return st.sampled_from(answers_to(step))


def is_harmless(event):
    """Tell whether an event gives no answer and takes none away, whatever a draft's state."""
    harmless = (Opened, Unreadable, Woke, RepresentativeJoined, RepresentativeLeft)
    return isinstance(event, harmless)
