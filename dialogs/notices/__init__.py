"""Notices: what an operator writes to many people at once, and what may happen to it."""
