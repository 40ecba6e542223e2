"""Tests of the kit itself: a strict server that accepts everything checks nothing."""
