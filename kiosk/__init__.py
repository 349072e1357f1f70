"""Your Say: what is written down about a person, who sees it, and what they choose."""
