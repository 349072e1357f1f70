"""Words, pictures and facts: read, checked and compiled."""
