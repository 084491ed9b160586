# SPDX-License-Identifier: MIT
"""A phpt file: its sections, and what its expectation accepts.

A test is a text of sections, each begun by a line like `--FILE--`. This module
reads it and compares an output with the expectation. It starts no process; that
is phpt_run's part. All texts are bytes: tests hold any encoding.
"""

import os
import re

SECTION_LINE = re.compile(rb"^--([_A-Z]+)--\s*$")
SCRIPT_SECTIONS = ("FILE", "FILEEOF", "FILE_EXTERNAL")
EXPECTATIONS = ("EXPECT", "EXPECTF", "EXPECTREGEX",
                "EXPECT_EXTERNAL", "EXPECTF_EXTERNAL", "EXPECTREGEX_EXTERNAL")

# What only a web server interface or a special driver can give a script.
UNSUPPORTED = ("POST", "POST_RAW", "GZIP_POST", "DEFLATE_POST", "PUT", "UPLOAD", "GET", "COOKIE",
               "CGI", "HEADERS", "EXPECTHEADERS", "REQUEST", "REDIRECTTEST", "PHPDBG",
               "CAPTURE_STDIO")

# PHP's trim() takes these off both ends before the comparison.
BLANKS = b" \t\n\r\0\x0b"

PLACEHOLDERS = {
    b"%e": rb"/",
    b"%s": rb"[^\r\n]+",
    b"%S": rb"[^\r\n]*",
    b"%a": rb".+",
    b"%A": rb".*",
    b"%w": rb"\s*",
    b"%i": rb"[+-]?\d+",
    b"%d": rb"\d+",
    b"%x": rb"[0-9a-fA-F]+",
    b"%f": rb"[+-]?\.?\d+\.?\d*(?:[Ee][+-]?\d+)?",
    b"%c": rb".",
    # A literal per cent sign. Older suites write two of them and mean two.
    b"%%": rb"%%?",
    # Left over in older suites from the time of unicode strings.
    b"%unicode|string%": rb"string",
    b"%string|unicode%": rb"string",
    b"%unicode_string_optional%": rb"string",
    b"%binary_string_optional%": rb"string",
    b"%u|b%": rb"",
    b"%b|u%": rb"",
}
PLACEHOLDER = re.compile(
    rb"%r(?P<raw>.*?)%r|(?P<name>"
    + b"|".join(re.escape(name) for name in sorted(PLACEHOLDERS, key=len, reverse=True)) + rb")",
    re.S)


class BadTest(Exception):
    """The file is no well-formed test; the text says why."""


def normalise(text):
    """An output or expectation as it is compared: trimmed, with plain line ends."""
    return text.strip(BLANKS).replace(b"\r\n", b"\n")


def expectf_to_regex(text):
    """The regular expression that an EXPECTF text stands for."""
    parts = []
    position = 0
    for match in PLACEHOLDER.finditer(text):
        parts.append(re.escape(text[position:match.start()]))
        if match.group("raw") is not None:
            parts.append(b"(?:" + match.group("raw") + b")")
        else:
            parts.append(PLACEHOLDERS[match.group("name")])
        position = match.end()
    parts.append(re.escape(text[position:]))
    return b"".join(parts)


class PhptFile:
    """One test file, read and checked.

    path      where it is
    sections  name -> bytes, without the section line
    """

    def __init__(self, path):
        self.path = path
        with open(path, "rb") as file:
            text = file.read()
        self.sections = self._split(text)
        self._check()

    def _split(self, text):
        sections = {}
        current = None
        done = False
        for line in _lines(text):
            match = SECTION_LINE.match(line)
            if match:
                current = match.group(1).decode()
                if current in sections:
                    raise BadTest("section %s stands there twice" % current)
                sections[current] = []
                done = False
                continue
            if current is None:
                if line.strip():
                    raise BadTest("does not begin with --TEST--")
                continue
            if done:
                continue
            sections[current].append(line)
            # By custom, what follows this line in a script is for the eye only.
            if current in SCRIPT_SECTIONS and line.rstrip() == b"===DONE===":
                done = True
        return {name: b"".join(lines) for name, lines in sections.items()}

    def _check(self):
        if "TEST" not in self.sections:
            raise BadTest("has no --TEST-- section")
        if not self.unsupported() and not any(s in self.sections for s in SCRIPT_SECTIONS):
            raise BadTest("has no --FILE-- section")
        found = [name for name in EXPECTATIONS if name in self.sections]
        if len(found) != 1 and not self.unsupported():
            raise BadTest("has %d expectations" % len(found))

    def text(self, name):
        return self.sections.get(name, b"")

    def title(self):
        lines = self.text("TEST").strip().splitlines()
        return lines[0].decode("utf-8", "replace") if lines else ""

    def unsupported(self):
        """The sections that no command line interpreter can serve."""
        return [name for name in UNSUPPORTED if name in self.sections]

    def script(self):
        """The bytes of the script to run."""
        if "FILE_EXTERNAL" in self.sections:
            return self._external("FILE_EXTERNAL")
        if "FILEEOF" in self.sections:
            return self.text("FILEEOF").rstrip(b"\r\n")
        return self.text("FILE")

    def expectation(self):
        """(kind, text) where kind is EXPECT, EXPECTF or EXPECTREGEX."""
        name = next(name for name in EXPECTATIONS if name in self.sections)
        if name.endswith("_EXTERNAL"):
            return name[:-len("_EXTERNAL")], self._external(name)
        return name, self.text(name)

    def accepts(self, output):
        kind, text = self.expectation()
        wanted = normalise(text)
        output = normalise(output)
        if kind == "EXPECT":
            return wanted == output
        pattern = wanted if kind == "EXPECTREGEX" else expectf_to_regex(wanted)
        try:
            return re.fullmatch(pattern, output, re.S) is not None
        except re.error as error:
            raise BadTest("its expectation is no regular expression: %s" % error)

    def ini(self):
        """The settings of --INI-- in order, as `name=value` texts."""
        lines = self.text("INI").decode("latin-1").splitlines()
        settings = []
        for line in lines:
            name, equals, value = line.strip().partition("=")
            if equals and not name.startswith(";"):
                settings.append("%s=%s" % (name.strip(), value.strip()))
        return settings

    def environment(self):
        pairs = {}
        for line in self.text("ENV").decode("latin-1").splitlines():
            name, equals, value = line.strip().partition("=")
            if equals:
                pairs[name] = value
        return pairs

    def _external(self, section):
        name = self.text(section).strip().decode("latin-1").replace("..", "")
        path = os.path.join(os.path.dirname(self.path), name)
        try:
            with open(path, "rb") as file:
                return file.read()
        except OSError as error:
            raise BadTest("%s: %s" % (section, error.strerror))


def _lines(text):
    """Lines by line feed alone: bytes.splitlines() would cut at a carriage return as well."""
    return re.findall(rb"[^\n]*\n|[^\n]+", text)


def diff(kind, wanted, output, limit):
    """The differing lines, `-` wanted and `+` got, as a list of texts."""
    wanted = normalise(wanted).split(b"\n")
    output = normalise(output).split(b"\n")

    def same(a, b):
        if kind == "EXPECT" or a == b:
            return a == b
        try:
            return re.fullmatch(a if kind == "EXPECTREGEX" else expectf_to_regex(a), b, re.S)
        except re.error:
            return False

    # Equal beginnings and ends first: what is left is small nearly always.
    start = 0
    while start < min(len(wanted), len(output)) and same(wanted[start], output[start]):
        start += 1
    end = 0
    while (end < min(len(wanted), len(output)) - start
           and same(wanted[-1 - end], output[-1 - end])):
        end += 1
    a = wanted[start:len(wanted) - end]
    b = output[start:len(output) - end]
    lines = []
    for sign, number, line in _edits(a, b, same):
        shown = line[:300].decode("utf-8", "backslashreplace")
        lines.append("%4d%s %s" % (number + start + 1, sign, shown))
        if len(lines) > limit:
            lines[-1] = "     ... (%d lines wanted, %d got)" % (len(wanted), len(output))
            break
    return lines


def _edits(a, b, same):
    """(sign, line number, line) by the longest common subsequence, or plainly if that is long."""
    if len(a) * len(b) > 40000:
        return [("-", i, line) for i, line in enumerate(a)] + [
            ("+", i, line) for i, line in enumerate(b)]
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            table[i][j] = (table[i + 1][j + 1] + 1 if same(a[i], b[j])
                           else max(table[i + 1][j], table[i][j + 1]))
    edits = []
    i = j = 0
    while i < len(a) or j < len(b):
        if i < len(a) and j < len(b) and same(a[i], b[j]):
            i, j = i + 1, j + 1
        elif i < len(a) and (j == len(b) or table[i + 1][j] >= table[i][j + 1]):
            edits.append(("-", i, a[i]))
            i += 1
        else:
            edits.append(("+", j, b[j]))
            j += 1
    return edits
