"""Fuzzing of what we parse: by mutation in every test run, guided by coverage by hand."""
