"""Screens for the worker beside the person."""
