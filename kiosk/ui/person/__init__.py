"""Screens for the person."""
