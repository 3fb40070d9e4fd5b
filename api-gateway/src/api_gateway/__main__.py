"""`python -m api_gateway`: run the gateway."""

from api_gateway.app import NAME, build_app
from api_gateway.settings import GatewaySettings
from api_gateway.websocket_wire import WiredProtocol
from service_kit.service import run_service

if __name__ == "__main__":
    run_service(
        NAME,
        GatewaySettings,
        build_app,
        ws=WiredProtocol,
        ws_ping_interval=None,  # engine.io pings its clients itself
        proxy_headers=False,  # believed at our own door, of TRUSTED_PROXIES alone
    )
