"""Extracts: what stands on them, how they look, who may have them."""
