"""The page that a front door shows when what is behind it does not answer."""

from http import HTTPStatus


def html_page(status: int, ray: int) -> str:
    """`ray` is the number by which such pages name a request."""
    title = f"{status} {HTTPStatus(status).phrase}"
    return (
        f"<!DOCTYPE html>\n<html>\n<head><title>{title}</title></head>\n<body>\n"
        f"<center><h1>{title}</h1></center>\n<hr><center>ray {ray:x}</center>\n</body>\n</html>\n"
    )
