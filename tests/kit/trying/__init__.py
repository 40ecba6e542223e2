"""Trying a messenger out without a token: its strict server, the assistant, and a keyboard."""
