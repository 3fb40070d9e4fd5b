"""From evidence to BUY, SELL or HOLD, with the reasons; `engine` holds every number of it."""
