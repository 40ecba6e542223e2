"""The core: no database, no clock, nothing that waits."""
