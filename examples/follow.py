"""
Prints each entry of the audit log once and in order, over lost connections, restarts of the server, and restarts of this
program. Needs Python 3.9 and no package.

    OPSGRAPH_URL=http://127.0.0.1:9200/graphql OPSGRAPH_TOKEN=... python3 follow.py position.txt
"""

import http.client
import json
import os
import random
import sys
import time
import urllib.error
import urllib.request

URL = os.environ.get("OPSGRAPH_URL", "http://127.0.0.1:9200/graphql")
TOKEN = os.environ.get("OPSGRAPH_TOKEN")
POSITION_FILE = sys.argv[1] if len(sys.argv) > 1 else "position.txt"
QUERY = "subscription { auditEvents { eventType actorId action } }"
SILENT_S_MAX = 45  # the server sends something at least every 30 s
RETRY_S_MAX = float(os.environ.get("RETRY_S_MAX", "30"))


class Ended(Exception):
    """The server rejected or ended the subscription, and another attempt would fail too."""


def handle(result):
    print(json.dumps(result["data"]["auditEvents"]), flush=True)


def follow():
    """Reads events until the connection is lost."""
    headers = {"Accept": "text/event-stream", "Content-Type": "application/json"}
    if TOKEN:
        headers["Authorization"] = f"Bearer {TOKEN}"
    position = load()
    if position:
        headers["Last-Event-ID"] = position
    request = urllib.request.Request(URL, json.dumps({"query": QUERY}).encode(), headers)
    with urllib.request.urlopen(request, timeout=SILENT_S_MAX) as response:
        event, data, errors = "", "", None
        for line in response:
            name, _, value = line.decode().rstrip("\r\n").partition(":")
            value = value.removeprefix(" ")
            if name == "id":
                position = value
            elif name == "event":
                event = value
            elif name == "data":
                data = value
            elif name == "":  # the end of an event
                if event == "complete":
                    raise_if_final(errors)
                    return
                result = json.loads(data) if event == "next" else {}
                if "data" in result:
                    handle(result)
                errors = result.get("errors")
                if position:
                    store(position)
                event, data = "", ""


def raise_if_final(errors):
    if not errors or not all(error["extensions"].get("retryable") for error in errors):
        raise Ended(errors)


def load():
    try:
        with open(POSITION_FILE) as file:
            return file.read()
    except FileNotFoundError:
        return None


def store(position):
    with open(POSITION_FILE + ".new", "w") as file:
        file.write(position)
    os.replace(POSITION_FILE + ".new", POSITION_FILE)


def main():
    attempt = 0
    while True:
        started = time.monotonic()
        try:
            follow()
        except urllib.error.HTTPError as error:
            if error.code < 500 and error.code != 429:
                raise Ended(error.read().decode()) from error
        except (OSError, http.client.HTTPException):
            pass  # the connection was lost
        attempt = 0 if time.monotonic() - started > 10 else attempt + 1
        time.sleep(random.uniform(0, min(RETRY_S_MAX, 0.5 * 2**attempt)))


if __name__ == "__main__":
    main()
