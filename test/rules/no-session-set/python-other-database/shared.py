class Wrapper:
    def __init__(self, client):
        self.connection = client.connection

    async def __aenter__(self):
        return self.connection

    async def __aexit__(self, *args):
        pass
