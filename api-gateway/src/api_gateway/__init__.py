"""REST front door and Socket.IO gateway."""
