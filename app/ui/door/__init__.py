"""The way into a vault: first start, unlocking, and the recovery code."""
