"""What every service needs to be a service."""
