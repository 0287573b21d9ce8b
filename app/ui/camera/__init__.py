"""The live picture: local cameras through Qt, all others through a port, and what shows them."""

from app.ui.camera.media_backend import prepare_media

# Here and not in a function that a caller must remember: Qt warns while it is being imported.
prepare_media()
