"""A fixture that the conftest above offers as well just goes."""



async def test_client(websocket_client):
    await websocket_client.ping()
