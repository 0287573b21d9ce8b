"""The check before the patient sees it: covers, crop, turns, findings."""
