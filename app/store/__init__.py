"""The encrypted vault; the only code that imports sqlcipher3."""
