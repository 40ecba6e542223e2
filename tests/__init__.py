"""Tests by layer: sentences about the core, the shell, the database and the page."""
