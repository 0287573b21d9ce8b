"""The live picture, with real Qt pipelines and made-up devices; not tried on camera hardware."""
