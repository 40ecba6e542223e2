"""What everybody says in the soak: questions, two of them in one breath, and an application."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Step:
    """What is done, and the words by which its answers are known on the screen.

    ``does`` are things done without waiting in between: «[…]» is a button, «/start» the link.
    """

    does: tuple[str, ...]
    cues: tuple[str, ...]


WALK: Final = (
    Step(("/start",), ("Я помощник застрахованных",)),
    Step(
        ("потерял полис", "что показать в поликлинике?"),
        ("Не волнуйтесь: потерять", "достаточно одного"),
    ),
    Step(("нужна выписка",), ("Выписку о полисе выдаёт",)),
    Step(("[Заказать выписку]",), ("Согласны на обработку",)),
    Step(("[Даю согласие]",), ("Шаг 1 из 8",)),
    Step(("[За себя]",), ("Шаг 2 из 8",)),
    Step(("Громов Антон Юрьевич",), ("Шаг 3 из 8",)),
    Step(("2.2.1980",), ("Шаг 4 из 8",)),
    Step(("[Паспорт РФ]",), ("Шаг 5 из 8",)),
    Step(("4510 111222",), ("Шаг 6 из 8",)),
    Step(("где найти номер полиса?",), ("Номер полиса — это 16 цифр.", "Шаг 6 из 8")),
    Step(("[Пропустить]",), ("Шаг 7 из 8",)),
    Step(("[В офисе]",), ("Шаг 8 из 8",)),
    Step(("8 903 111 22 33",), ("Проверьте, всё ли верно",)),
    Step(("[Отправить]", "[Отправить]"), ("принято, его номер",)),
    Step(("мои заявления",), ("Ваши заявления:",)),
)
"""The form is pressed to be sent twice, as the impatient do."""

DEEDS: Final = sum(len(step.does) for step in WALK)

FILED: Final = {
    "who": "me",
    "name": {"surname": "Громов", "given": "Антон", "patronymic": "Юрьевич"},
    "born_on": "1980-02-02",
    "document_kind": "passport",
    "document": "4510 111222",
}
