"""Showing, printing and handing out the patient's papers inside the program."""
