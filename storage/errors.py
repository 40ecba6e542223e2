"""Why a database cannot be used, in one sentence."""


class StorageError(Exception):
    """The database cannot be used; the message is one sentence for whoever runs the program."""
