"""Questions in people's own words, and the dated answers to them."""
