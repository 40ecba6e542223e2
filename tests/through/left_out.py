"""What cannot be played on a channel: the transcript, its line, and why.

A line is listed as it is said in the manner of the run. Nothing is left out silently: a test
fails as well when a line that is listed here can be played after all.
"""

_OLD = "only the last list has numbers"
_NONE = "a terminal has no buttons"
_FILES = "a terminal keeps no files"

LEFT_OUT: dict[str, dict[str, dict[str, str]]] = {
    "web": {
        "small_talk": {
            "@ long": "the page takes no longer text",
            "@ sticker": "the page has no way to send sticker",
            "@ voice": "the page has no way to send voice",
        },
    },
    "terminal": {
        "data_update_name": {"@ photo": _FILES},
        "extract_refused": {"> [Узнать номер]": _OLD},
        "form": {
            "@ photo": _FILES,
            "> [За ребёнка]": _OLD,
            "> [Пропустить]": _OLD,
            "> [Отправить]": _OLD,
        },
        "language": {"@ press l:ru": _NONE},
        "life_withdrawn": {"> [Отозвать]": _OLD},
        "loss_long": {"> [Отправить]": _OLD},
        "newborn_english": {"@ photo": _FILES},
        "newborn_long": {
            "@ photo": _FILES,
            "> [Изменить ответ]": _OLD,
            "> [Отправить]": _OLD,
        },
        "old_buttons": {
            "@ press t:astrology": _NONE,
            "@ press zzz": _NONE,
            "@ press a:nothing:1:x:y": _NONE,
            "@ press a:reimbursement:7:who:me": _NONE,
            "> [Не помогло]": _OLD,
        },
        "representative": {"> [За себя]": _OLD},
        "small_talk": {
            "@ photo": _FILES,
            "@ sticker": "a terminal has no way to send sticker",
            "@ voice": "a terminal has no way to send voice",
        },
        "smo_change_long": {"@ photo": _FILES, "> [Фото документов]": _OLD},
        "smo_change_refused": {"@ photo": _FILES},
    },
}
