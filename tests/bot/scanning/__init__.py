"""Reading photos of paper policies."""
