"""Notices at work: written, checked, approved, gathered, sent, and what came of them."""
