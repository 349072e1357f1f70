"""Pure rules: no clock, file, thread, network, SQL, Kivy, or sentence."""
