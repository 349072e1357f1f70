"""The kiosk's only SQL: SQLCipher, keys, the event log and what is worked out from it."""
