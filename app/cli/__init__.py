"""The command line beside the window: the same services, no Qt."""
