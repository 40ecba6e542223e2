"""Filling our own register from a file: read twice, so that a faulty one changes nothing."""
