"""What a user does, one module an activity; plain functions over ports."""
