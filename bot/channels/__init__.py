"""One module per messenger; each knows its own wire format and nothing of the database."""
