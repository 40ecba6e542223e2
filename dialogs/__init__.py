"""What the assistant understands, asks and says: no I/O, no clock, no randomness."""
