"""The extract of a policy: drawn, read back, numbered, kept, and checked by whoever is shown it."""
