"""One method for each human act; what they need is handed in."""
