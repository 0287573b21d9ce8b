"""What stands around every page: rail, patient banner, steps, footer and the window itself."""
