"""The database; nobody else knows there is one."""

from storage.db import Store, migrate
from storage.errors import StorageError

__all__ = ["StorageError", "Store", "migrate"]
