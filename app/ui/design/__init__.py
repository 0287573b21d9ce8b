"""How the window looks: tokens, theme, fonts and icons, each in one place."""
