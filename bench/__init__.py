"""What is measured, and how: `main.py bench [NAME]`."""
