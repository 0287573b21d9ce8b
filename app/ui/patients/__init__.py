"""Finding, entering and reading patients."""
