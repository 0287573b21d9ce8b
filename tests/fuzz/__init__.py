"""Fuzzing of the parsing that we write: by mutation in every test run, guided by coverage by hand."""
