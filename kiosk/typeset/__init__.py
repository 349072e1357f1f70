"""Text of any script, shaped, wrapped and drawn: to pixels for screens, to PDF for paper.

Pango and cairo do the work; Kivy is not known here.
"""
