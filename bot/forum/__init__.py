"""A forum of the staff in Telegram: a mirror of the dialogs that wait for a person."""
