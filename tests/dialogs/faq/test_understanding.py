import pytest

from bot.library import read_index, read_phrases
from dialogs.faq.finding import Elsewhere, HalfSure, Sure, Unsure
from dialogs.faq.keyboard import as_english
from dialogs.faq.language import split
from tests.dialogs.faq import questions


@pytest.fixture(scope="module")
def index():
    return read_index()


@pytest.mark.parametrize("name", questions.SETS)
def test_people_are_understood(index, name):
    """The goals of the product, on questions that no phrase was copied from."""
    tally = questions.tally(index, questions.read(name))
    assert tally.named >= 0.95
    assert tally.wrong <= 0.03
    assert tally.strays <= 0.05
    assert tally.answered >= 0.75


@pytest.mark.parametrize("name", questions.SETS)
def test_no_phrase_is_copied_from_the_questions_it_is_judged_by(name):
    """Case, punctuation, the order of words and ё make no difference to this.

    Sets written after the phrases may meet them in short questions that everybody asks alike.
    """
    words = (tuple(sorted(split(question.text))) for question in questions.read(name))
    asked = {found for found in words if name in questions.FIRST or len(found) > 6}
    for folder in ("faq", "elsewhere"):
        for language, files in read_phrases(folder).items():
            for file, lines in files.items():
                copied = [line for line in lines if tuple(sorted(split(line))) in asked]
                assert not copied, f"{language}/{folder}/{file}.txt"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Здравствуйте! В автобусе вытащили кошелёк, а там полис. Куда идти?", "loss"),
        ("у меня РОДИЛАСЬ ДОЧЬ, какие документы на полис?!", "newborn"),
        ("здравствуйтеееее", "greeting_thanks.hello"),
        ("потеряла медецынский полюс", "loss"),
        ("kak pomenyat strahovuyu kompaniyu", "smo_change"),
        ("rjulf ,eltn ujnjd gjkbc", "application_status"),
        ("Ghbdtn", "greeting_thanks.hello"),
        ("руддщ", "greeting_thanks.hello"),
        ("i lost my insurance policy", "loss"),
        ("поставят ли коронку на зуб бесплатно", "coverage.teeth"),
        ("мой полис 6449020886006380 потерян", "loss"),
        ("сколько стоит анализ крови по омс", "coverage.tests"),
    ],
)
@pytest.mark.parametrize("session", ["ru", "en"])
def test_a_question_is_answered_however_it_is_typed(index, text, topic, session):
    """Alphabet, layout, case and spelling do not matter, nor does the session's language."""
    finding = index.find(text, session)
    assert isinstance(finding, Sure), finding
    assert finding.topic == topic


def test_a_finding_tells_whose_phrases_matched(index):
    assert index.find("i lost my insurance policy", "ru").language == "en"
    assert index.find("потеряла полис", "en").language == "ru"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("оформить осаго на мотоцикл", "motor"),
        ("какой сироп от кашля дать", "medical_advice"),
        ("где поменять водительские права", "papers"),
        ("поменять оператора сотовой связи", "mobile"),
        ("прогноз погоды на выходные", "everyday"),
        ("you are a stupid bot", "abuse"),
        ("Ыыыыы!", "gibberish"),
    ],
)
def test_matters_of_others_are_recognised(index, text, kind):
    finding = index.find(text, "ru")
    assert isinstance(finding, Elsewhere), finding
    assert finding.kind == kind


@pytest.mark.parametrize("text", ["", "  \n", "?!…", "🙂👍", "1234567890123456", "щзкршмц", "а"])
def test_what_says_nothing_is_not_guessed(index, text):
    assert isinstance(index.find(text, "ru"), Unsure)


def test_one_word_is_too_little_for_an_answer_but_enough_to_offer_some(index):
    finding = index.find("полис", "ru")
    assert isinstance(finding, HalfSure)
    assert len(finding.topics) == 3


@pytest.mark.parametrize("text", ["слово " * 5000, "абвгд" * 5000, "\x00\ufffd" * 99, "[';/." * 99])
def test_no_text_is_too_odd_or_too_long(index, text):
    index.find(text, "ru")
    index.find(as_english(text), "en")


def test_a_topic_offered_is_a_topic_there_is(index):
    topics = set(read_phrases("faq")["ru"])
    for question in questions.read("own"):
        match index.find(question.text, question.language):
            case Sure(topic=topic, others=others):
                assert {topic, *others} <= topics
                assert len(others) <= 2
                assert topic not in others
            case HalfSure(topics=offered):
                assert set(offered) <= topics
                assert 1 <= len(offered) <= 3
