"""A person in words, in a form and in a search; what sessions and pages share."""
