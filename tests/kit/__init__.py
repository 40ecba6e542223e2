"""Messengers on loopback, as strict as the real ones, for tests and for trying a channel out.

`tests.kit.telegram`, `tests.kit.whatsapp` and `tests.kit.max` each hold a server that speaks
the protocol of one messenger and a person who uses it. A server refuses what the real one
refuses, with its status and words, and writes down in ``violations`` what a bot should never
have tried.
"""
