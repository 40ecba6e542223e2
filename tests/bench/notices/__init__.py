"""What a notice to very many costs: sends a second, pace, dialogs beside it, a million people."""
