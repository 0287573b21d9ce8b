"""What the window does besides showing pages: locking, failures, finding, composing."""
