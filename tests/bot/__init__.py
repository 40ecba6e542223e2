"""The shell, over the real core and the real databases."""
