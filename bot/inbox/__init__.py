"""The page of a demonstration on which one-time codes appear instead of on a phone."""
