"""The desk's dialogs: who waits, what was said, answering, moving on."""
