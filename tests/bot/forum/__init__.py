"""Tests of the forum of the staff."""
