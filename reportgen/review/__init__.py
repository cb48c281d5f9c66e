"""The round of review: drafts and their folder, corrections that came back, published files held against the input."""
