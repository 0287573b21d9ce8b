"""Taking a yes back, from the patient's page."""
