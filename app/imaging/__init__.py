"""From untrusted bytes to pixels, thumbnails, renditions and findings."""
