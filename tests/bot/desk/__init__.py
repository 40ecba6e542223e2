"""The desk, seen from a browser without a screen."""
