"""Sending: messages leave the outbox in order and at the pace that each messenger allows."""
