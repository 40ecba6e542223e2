"""Representatives lead dialogs: taking over, and everything until they hand back."""
