"""The tables as the ports see them: one repository a module, every one on a given connection."""
