"""Reads {"modules": {module: [name]}, "members": [[module, class, [member]]]} and prints what the installed packages do not have."""

import importlib
import json
import sys

asked = json.load(sys.stdin)
missing = []
absent = []


def module(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


for name, names in asked["modules"].items():
    found = module(name)
    if found is None:
        (missing if module(name.split(".")[0]) else absent).append(name)
        continue
    missing += [f"{name}.{each}" for each in names if not hasattr(found, each) and module(f"{name}.{each}") is None]
for name, owner, members in asked["members"]:
    cls = getattr(module(name), owner, None)
    if cls is not None:
        missing += [f"{name}.{owner}.{each}" for each in members if not hasattr(cls, each)]
json.dump({"missing": missing, "absent": absent}, sys.stdout)
