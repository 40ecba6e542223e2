"""A small form of the tests' own: every turn of the engine, none of the law."""

from dialogs.fields import Choice, PastDate, Photos, Text
from dialogs.form import Answers, Form, Step


def _for_child(answers: Answers) -> bool:
    return answers.get("who") == "child"


def _from_1(answers: Answers) -> Answers:
    """Version 1 called the day of treatment ``date``."""
    return {("treated_on" if name == "date" else name): value for name, value in answers.items()}


REIMBURSEMENT = Form(
    id="reimbursement",
    version=2,
    steps=(
        Step("who", Choice("me", "child")),
        Step("child_name", Text(max=120), when=_for_child),
        Step("treated_on", PastDate()),
        Step("note", Text(max=200), optional=True),
        Step("receipts", Photos(at_most=3)),
    ),
    upgrades={1: _from_1},
)
TABLE = Form(id="table", version=1, steps=(Step("seats", Choice("two", "four")),))
FORMS = {form.id: form for form in (REIMBURSEMENT, TABLE)}

WORDS = {
    "ru": {
        "reimbursement.begin": "Возмещение",
        "reimbursement.resume": "Продолжить",
        "reimbursement.opening": "Вернём деньги за лечение. Понадобятся чеки, это пять минут.",
        "reimbursement.title": "Возмещение",
        "reimbursement.who": "За кого заявление?",
        "reimbursement.who.title": "За кого",
        "reimbursement.who.why": "Чтобы понять, чьи документы нужны.",
        "reimbursement.who.choice.me": "За себя",
        "reimbursement.who.choice.me.options": "я\nсебя\nза меня",
        "reimbursement.who.choice.child": "За ребёнка",
        "reimbursement.child_name": "Как зовут ребёнка?",
        "reimbursement.child_name.title": "Ребёнок",
        "reimbursement.treated_on": "Когда было лечение?",
        "reimbursement.treated_on.title": "Дата",
        "reimbursement.treated_on.problem.future": "Лечения в будущем ещё не было.",
        "reimbursement.note": "Что-нибудь добавить?",
        "reimbursement.note.title": "Примечание",
        "reimbursement.receipts": "Пришлите фото чеков.",
        "reimbursement.receipts.title": "Чеки",
        "reimbursement.receipts.choice.done": "Это всё",
        "table.begin": "Столик",
        "table.resume": "Продолжить",
        "table.opening": "Закажем столик.",
        "table.title": "Столик",
        "table.seats": "На сколько человек?",
        "table.seats.title": "Мест",
        "table.seats.choice.two": "На двоих",
        "table.seats.choice.four": "На четверых",
    },
    "en": {
        "reimbursement.begin": "Money back",
        "reimbursement.resume": "Go on",
        "reimbursement.opening": "We pay back for treatment. Have receipts ready; five minutes.",
        "reimbursement.title": "Money back",
        "reimbursement.who": "Who is it for?",
        "reimbursement.who.title": "For",
        "reimbursement.who.why": "To know whose papers are needed.",
        "reimbursement.who.choice.me": "Myself",
        "reimbursement.who.choice.me.options": "me\nmyself",
        "reimbursement.who.choice.child": "A child",
        "reimbursement.child_name": "What is the child's name?",
        "reimbursement.child_name.title": "Child",
        "reimbursement.treated_on": "When was the treatment?",
        "reimbursement.treated_on.title": "Date",
        "reimbursement.treated_on.problem.future": "There was no treatment in the future yet.",
        "reimbursement.note": "Anything to add?",
        "reimbursement.note.title": "Note",
        "reimbursement.receipts": "Please send photos of the receipts.",
        "reimbursement.receipts.title": "Receipts",
        "reimbursement.receipts.choice.done": "That is all",
        "table.begin": "Table",
        "table.resume": "Go on",
        "table.opening": "Let us book a table.",
        "table.title": "Table",
        "table.seats": "For how many?",
        "table.seats.title": "Seats",
        "table.seats.choice.two": "For two",
        "table.seats.choice.four": "For four",
    },
}
