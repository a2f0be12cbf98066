"""A small client of the YAML language server, over its standard input and output."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

VARIABLE = "GUIDING_HAND_YAML_SERVER"
NAME = "yaml-language-server"


def command() -> str | None:
    """The server's command, from the environment or the path; None where there is none."""
    return os.environ.get(VARIABLE) or shutil.which(NAME)


class Server:
    """A running server with one folder open."""

    def __init__(self, folder: Path, program: str) -> None:
        self._process = subprocess.Popen(
            [program, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._count = 0
        self._told: dict[str, list[dict[str, Any]]] = {}
        capabilities = {
            "textDocument": {
                "hover": {"contentFormat": ["markdown"]},
                "completion": {
                    "completionItem": {
                        "snippetSupport": True,
                        "documentationFormat": ["markdown"],
                    }
                },
            }
        }
        self._ask(
            "initialize",
            {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities},
        )
        self._tell("initialized", {})
        yaml = {
            "validate": True,
            "hover": True,
            "completion": True,
            "schemaStore": {"enable": False},
        }
        self._tell("workspace/didChangeConfiguration", {"settings": {"yaml": yaml}})

    def open(self, path: Path, text: str) -> list[str]:
        """Show a text under a file's name; the messages about it, in order."""
        uri = path.as_uri()
        self._told.pop(uri, None)
        self._tell(
            "textDocument/didOpen",
            {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}},
        )
        end = time.monotonic() + 30
        while uri not in self._told and time.monotonic() < end:
            self._read()
        return [one["message"] for one in self._told[uri]]

    def hover(self, path: Path, line: int, column: int) -> str:
        """What is said of a place (counted from 0)."""
        answer = self._ask("textDocument/hover", _at(path, line, column))
        return str(answer["contents"]["value"]) if answer else ""

    def complete(self, path: Path, line: int, column: int) -> list[dict[str, Any]]:
        """What is offered at a place (counted from 0)."""
        answer = self._ask("textDocument/completion", _at(path, line, column))
        return list(answer["items"] if isinstance(answer, dict) else answer or [])

    def close(self) -> None:
        """End the server."""
        self._process.kill()
        self._process.communicate()

    def _ask(self, method: str, parameters: Any) -> Any:
        self._count += 1
        number = self._count
        self._send({"id": number, "method": method, "params": parameters})
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                return message.get("result")

    def _tell(self, method: str, parameters: Any) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        stream = self._process.stdout
        assert stream is not None
        size = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                size = int(value)
        if size == 0:
            raise EOFError("the server has ended")
        message: dict[str, Any] = json.loads(stream.read(size))
        if message.get("method") == "textDocument/publishDiagnostics":
            told = message["params"]
            self._told[told["uri"]] = told["diagnostics"]
        elif "method" in message and "id" in message:
            configuration = message["method"] == "workspace/configuration"
            answer = [None] * len(message["params"]["items"]) if configuration else None
            self._send({"id": message["id"], "result": answer})
        return message


def _at(path: Path, line: int, column: int) -> dict[str, Any]:
    position = {"line": line, "character": column}
    return {"textDocument": {"uri": path.as_uri()}, "position": position}
