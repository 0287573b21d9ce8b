"""What goes wrong with disks, processes and files, and what is promised then."""
