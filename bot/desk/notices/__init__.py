"""The operators' pages: notices from the draft to the report."""
