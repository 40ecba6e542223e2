"""Conversations of messengers that go on in the web chat."""
