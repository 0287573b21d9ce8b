"""The figure on which the place of a picture is shown and chosen."""
