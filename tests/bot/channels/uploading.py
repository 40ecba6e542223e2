"""What messengers do with files that are uploaded first and then sent by their name."""

import asyncio
from typing import ClassVar

import pytest

from bot.channels.base import Failure, Undelivered
from tests.bot.channels.desk import show


class Uploading:
    """The tests of every messenger that is given a file before the message it comes with.

    The fixtures are ``server``, ``messenger``, ``papers`` and the chat ``anna``.
    """

    upload: ClassVar[str]
    """What the messenger's server calls the giving of a file."""

    async def test_a_photo_of_a_representative_is_seen_and_comes_as_no_file_beside(
        self, server, messenger, anna
    ):
        """A photo is looked at in the chat; there is no paper behind it."""
        more = {"voice": "representative", "name": "Анна", "document": "photo:file-1"}
        names = await show(messenger, anna, "Вот бланк", **more)

        (photo,) = server.screen("anna").said
        assert names == [photo.id]
        assert (photo.kind, photo.file[1]) == ("image", b"\xff\xd8 photo")
        assert photo.text.endswith("Вот бланк")
        assert server.violations == []

    async def test_a_photo_that_is_no_more_is_rejected(self, server, messenger, anna):
        """Words that speak of a photo do not go without it."""
        with pytest.raises(Undelivered) as failed:
            await show(messenger, anna, "Вот бланк", document="photo:file-gone")

        assert (failed.value.failure, failed.value.reason) == (Failure.REJECTED, "document")
        assert server.screen("anna").said == []

    async def test_what_a_notice_carries_is_given_once_and_goes_again_by_its_name(
        self, server, messenger, papers, anna
    ):
        """What is the same for everybody is drawn and uploaded for the first of them."""
        papers.pictures["photo:notice-1"] = b"\xff\xd8 poster"
        await show(messenger, anna, "Афиша", document="photo:notice-1")
        del papers.pictures["photo:notice-1"]
        await show(messenger, anna, "Афиша", document="photo:notice-1")

        contents = [one.file[1] for one in server.screen("anna").said]
        assert contents == [b"\xff\xd8 poster"] * 2
        assert server.violations == []

    async def test_a_file_that_has_lapsed_there_is_given_anew_and_the_message_goes_at_once(
        self, server, messenger, papers, anna
    ):
        """A messenger may let go of a file earlier than it promises; nobody is to notice."""
        papers.pictures["photo:notice-1"] = b"\xff\xd8 poster"
        await show(messenger, anna, "Афиша", document="photo:notice-1")
        server.chats.lapse()
        await show(messenger, anna, "Афиша", document="photo:notice-1")
        await show(messenger, anna, "Афиша", document="photo:notice-1")

        contents = [one.file[1] for one in server.screen("anna").said]
        assert contents == [b"\xff\xd8 poster"] * 3
        assert self.uploads(server) == 2
        assert server.violations == []

    async def test_what_is_refused_as_soon_as_it_was_given_is_not_given_over_and_over(
        self, server, messenger, papers, anna
    ):
        """A file that was never taken is at fault itself: each message is refused, and said so."""
        papers.pictures["photo:notice-1"] = b"\xff\xd8 poster"
        server.chats.keeps_files = False
        for _ in range(3):
            with pytest.raises(Undelivered) as failed:
                await show(messenger, anna, "Афиша", document="photo:notice-1")
            assert failed.value.failure is Failure.REJECTED

        assert self.uploads(server) == 1

    async def test_many_who_come_at_once_have_it_given_once(self, server, messenger, papers, anna):
        """They wait for the first of them."""
        papers.pictures["photo:notice-1"] = b"\xff\xd8 poster"
        await asyncio.gather(*self.shown(messenger, anna, 4))

        assert len(server.screen("anna").said) == 4
        assert self.uploads(server) == 1
        assert server.violations == []

    async def test_a_failed_giving_fails_for_all_who_wait_and_nothing_of_theirs_is_in_doubt(
        self, server, messenger, papers, anna
    ):
        """One after another they would keep the lane for as many time-outs."""
        papers.pictures["photo:notice-1"] = b"\xff\xd8 poster"
        server.fail("cut_after", 1, self.upload)
        failed = await asyncio.gather(*self.shown(messenger, anna, 4), return_exceptions=True)

        told = [(one.failure, one.unknown) for one in failed]
        assert told == [(Failure.LATER, False)] * 4
        assert self.uploads(server) == 1
        assert server.screen("anna").said == []

    def shown(self, messenger, chat, many):
        """Show the poster of a notice so many times."""
        return [show(messenger, chat, "Афиша", document="photo:notice-1") for _ in range(many)]

    def uploads(self, server):
        """Count how often a file was given."""
        return sum(call.name == self.upload for call in server.calls)

    async def test_a_failed_upload_can_be_done_again(self, server, messenger, anna):
        """Nobody sees a file that was only uploaded, so nothing is in doubt."""
        server.fail("cut_after", 1, self.upload)
        with pytest.raises(Undelivered) as failed:
            await show(messenger, anna, document="extract:K7QM")

        assert (failed.value.failure, failed.value.unknown) == (Failure.LATER, False)
        assert server.screen("anna").said == []
