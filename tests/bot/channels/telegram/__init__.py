"""Telegram: tables of what it sends and is sent, and its edge on loopback."""
