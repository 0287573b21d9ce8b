"""Papers that leave the room: the consent copy and the letters."""
