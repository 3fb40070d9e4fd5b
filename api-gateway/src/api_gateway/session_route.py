"""How a session tells Nginx which of several gateways holds it.

A client that polls is one that comes back with its session's id, and only the gateway that gave the
id out knows it. Nginx calls a server of an upstream by the MD5 of its address (`sticky route`), so
an id that begins with it leads back, through whichever Nginx and without a cookie.
"""

import hashlib


def session_route(advertised_address: str | None) -> str:
    """What the ids of our sessions begin with: nothing where there is but one gateway.

    `10.0.0.7:3001` → 32 digits and a dot, as `map $arg_sid` in nginx.conf.template reads them.
    """
    if advertised_address is None:
        return ""
    name = hashlib.md5(advertised_address.encode(), usedforsecurity=False).hexdigest()
    return f"{name}."
