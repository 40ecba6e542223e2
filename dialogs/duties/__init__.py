"""The one-month clock: what a person has to do by a day, and being reminded of it in time."""
