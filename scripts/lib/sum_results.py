# SPDX-License-Identifier: MIT
"""Sum the test results of a stage of scripts/check.

  python3 sum_results.py FILE...     prints `PASSED FAILED SKIPPED KNOWN`

A .log file of make's test programs counts as the checks or tests that it names,
and as one test where it names none; what its .trs file says decides that one.
Of any other file the last line of results counts.
"""

import re
import sys

RESULT = re.compile(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?(?:, (\d+) known failures)?$",
                    re.M)
CHECK = re.compile(r"^\d+%: Checks: (\d+), Failures: (\d+), Errors: (\d+)$", re.M)


def counts_of(path):
    """[passed, failed, skipped, known] of one file."""
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read()
    counts = [0, 0, 0, 0]
    verdict = None
    if path.endswith(".log"):
        with open(path[:-len(".log")] + ".trs", encoding="utf-8") as file:
            verdict = re.search(r"^:test-result: (\w+)", file.read(), re.M).group(1)
    checks = CHECK.findall(text)
    results = RESULT.findall(text)
    if checks:
        for total, failures, errors in checks:
            bad = int(failures) + int(errors)
            counts[0] += int(total) - bad
            counts[1] += bad
    elif results:
        counts = [int(number or 0) for number in results[-1]]
    elif verdict == "SKIP":
        counts[2] = 1
    else:
        counts[0 if verdict == "PASS" else 1] = 1
    # A program that died after its checks, or a runner that never came to its last line.
    if verdict not in (None, "PASS", "SKIP") and counts[1] == 0:
        counts[1] = 1
    return counts


print(*map(sum, zip([0, 0, 0, 0], *map(counts_of, sys.argv[1:]))))
