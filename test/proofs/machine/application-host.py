"""The process in which a Python program runs as an application: it loads one module and calls its functions on request.

It speaks the channel that node opens for its children: a socket with one JSON value a line.
"""

import asyncio
import importlib.util
import inspect
import json
import os
import socket
import sys

channel = socket.socket(fileno=int(os.environ.pop("NODE_CHANNEL_FD")))
channel.setblocking(True)
lines = channel.makefile("r", encoding="utf-8")
loop = asyncio.new_event_loop()


def send(message):
    channel.sendall(json.dumps(message).encode() + b"\n")


def answer(application, name, *args):
    try:
        value = getattr(application, name)(*args)
        if inspect.isawaitable(value):
            value = loop.run_until_complete(value)
        return {"kind": "value", "value": value}
    except Exception as error:
        return {"kind": "error", "name": name_of(type(error)), "message": str(error).strip()}


def name_of(kind):
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def main():
    spec = importlib.util.spec_from_file_location("application", sys.argv[1])
    application = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(application)
    send({"ready": True})
    for line in lines:
        request = json.loads(line)
        # One thread, as a worker of a web server has: Django's connections belong to theirs.
        for at, call in enumerate(request["calls"]):
            send({"id": request["id"], "at": at, "answer": answer(application, *call)})


main()
