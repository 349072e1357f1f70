"""The screens: the only Kivy."""
