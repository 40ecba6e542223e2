"""The assistant's future, lived through on a copy."""
