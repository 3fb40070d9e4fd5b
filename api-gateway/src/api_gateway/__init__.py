"""The platform's front door: REST for everybody, Socket.IO for whoever wants it live."""
