"""The small parts that screens are composed of; they know no service."""
