"""Golden transcripts through the whole shell: a database, a channel, and a person on its far end.

The core's own player (`tests.player`) says beside it what each line has to lead to.
"""
