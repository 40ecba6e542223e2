"""Insured people at the desk: found by what is known of them, shown with all that is theirs."""
