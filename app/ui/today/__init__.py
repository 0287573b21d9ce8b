"""What is waiting today."""
