"""The kiosk's voice: what can be said, from where, and word by word in time with the screen."""
