"""Each channel at its edge."""
