"""What an administrator and each user can set."""
