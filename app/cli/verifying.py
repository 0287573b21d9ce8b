"""`clinigraph verify`: the report on the audit trail, every picture and every page."""
