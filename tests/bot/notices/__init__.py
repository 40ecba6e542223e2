"""Notices at work."""
