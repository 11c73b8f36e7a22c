"""Application code opens its own connections, as it should."""

import websockets


async def relay(url):
    async with websockets.connect(url) as upstream:
        async for message in upstream:
            yield message
