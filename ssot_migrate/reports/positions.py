"""Where bytes of a file stand, in lines and columns as SARIF counts them."""

from __future__ import annotations

from bisect import bisect_right

_BOM = b"\xef\xbb\xbf"


class Positions:
    """The lines of one file; a line ends with ``\\n``, and a byte order mark is no column."""

    def __init__(self, data: bytes) -> None:
        """Find the lines of ``data``."""
        self.data = data
        self.starts = [0]
        while (end := data.find(b"\n", self.starts[-1])) >= 0:
            self.starts.append(end + 1)

    @property
    def is_utf8(self) -> bool:
        """Whether the bytes are UTF-8."""
        try:
            self.data.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return True

    def region(self, start: int, end: int, encoding: str = "utf-8") -> dict[str, int]:
        """The SARIF region of the bytes ``[start, end)``; columns count UTF-16 code units, from 1."""
        (line, column), (end_line, end_column) = self._place(start, encoding), self._place(end, encoding)
        return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}

    def _place(self, offset: int, encoding: str) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        before = self.data[self.starts[line - 1] : offset].removeprefix(_BOM if line == 1 else b"")
        return line, len(before.decode(encoding, "replace").encode("utf-16-le", "surrogatepass")) // 2 + 1
