# SPDX-License-Identifier: MIT
"""Runs one phpt test with one engine and judges what happened.

A test's script may write beside itself, so no test runs where it lies: each
worker has a scratch folder in which it mirrors the folder of the test with its
support files, and which it brings back to that state after each test.

A test fails when its output is not the expected one, and whatever its output
when the engine was killed by a signal, ran out of time, reported a leak (debug
flavour), or was reported by a sanitizer or by valgrind.
"""

import os
import re
import select
import shutil
import signal
import subprocess
import time

import phpt_file

PASSED, FAILED, SKIPPED, KNOWN = "passed", "failed", "skipped", "known"

# The settings that the expected outputs assume, besides an engine without php.ini.
DEFAULT_INI = ["date.timezone=UTC", "error_reporting=-1", "display_errors=1", "html_errors=0",
               "log_errors=0"]

# What a debug engine prints at the end of a script that left blocks behind.
LEAK_REPORT = re.compile(
    rb"Freeing 0x[0-9A-Fa-f]+ \(\d+ bytes\), script=|=== Total \d+ memory leaks detected ===")
SANITIZER_REPORT = re.compile(rb"==\d+==ERROR: \w+Sanitizer|: runtime error: ")
BYTE_FIGURES = re.compile(rb"memory_get_(?:peak_)?usage")
MEMORY_LIMIT = re.compile(rb"Allowed memory size of")
OUTPUT_LIMIT = 64 << 20

VALGRIND = ["valgrind", "--quiet", "--tool=memcheck", "--leak-check=full",
            "--errors-for-leak-kinds=definite", "--show-leak-kinds=definite",
            "--vex-iropt-register-updates=allregs-at-mem-access"]


class Result:
    """What became of one test: its verdict, the reason, the lines of the difference."""

    def __init__(self, path, verdict, reason="", diff=(), output=b""):
        self.path = path
        self.verdict = verdict
        self.reason = reason
        self.diff = list(diff)
        self.output = output
        self.seconds = 0.0


class Ended:
    """How a process ended."""

    def __init__(self, output, status, timed_out, flooded):
        self.output = output
        self.status = status
        self.timed_out = timed_out
        self.flooded = flooded

    def problem(self, timeout):
        if self.timed_out:
            return "ran longer than %g s" % timeout
        if self.flooded:
            return "wrote more than %d MiB" % (OUTPUT_LIMIT >> 20)
        if self.status < 0:
            return "killed by " + signal.Signals(-self.status).name
        return ""


def run_process(command, cwd, env, stdin, timeout):
    """Run a command in a process group of its own; its two outputs come as one text."""
    process = subprocess.Popen(command, cwd=cwd, env=env, start_new_session=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT)
    try:
        ended = _talk(process, stdin, time.monotonic() + timeout)
    finally:
        _kill_group(process.pid)
        process.wait()
        process.stdout.close()
    ended.status = process.returncode if not (ended.timed_out or ended.flooded) else 0
    return ended


def _talk(process, stdin, deadline):
    """Feed the process and gather its output until it ends, floods or is late."""
    parts, size = [], 0
    out = process.stdout.fileno()
    into = process.stdin
    if not stdin:
        into.close()
        into = None
    else:
        os.set_blocking(into.fileno(), False)
    exit_seen = None
    while True:
        now = time.monotonic()
        if now > deadline:
            return Ended(b"".join(parts), 0, True, False)
        readable, writable, _ = select.select([out], [into] if into else [], [],
                                              min(deadline - now, 0.5))
        if writable:
            try:
                stdin = stdin[os.write(into.fileno(), stdin[:65536]):]
            except BrokenPipeError:
                stdin = b""
            if not stdin:
                into.close()
                into = None
        if readable:
            part = os.read(out, 1 << 16)
            if not part:
                break
            parts.append(part)
            size += len(part)
            if size > OUTPUT_LIMIT:
                return Ended(b"".join(parts), 0, False, True)
        elif process.poll() is not None:
            # A child that it left behind may hold the pipe open: wait a moment only.
            exit_seen = exit_seen or now
            if now - exit_seen > 1:
                break
    if into:
        into.close()
    try:
        process.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return Ended(b"".join(parts), 0, True, False)
    return Ended(b"".join(parts), process.returncode, False, False)


def _kill_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


class Engine:
    """An interpreter: its command line and what it says of itself."""

    def __init__(self, command):
        self.command = command
        self._extensions = None
        self._debug = None

    def _ask(self, code):
        try:
            done = subprocess.run(self.command + ["-n", "-r", code], stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60)
        except (OSError, subprocess.TimeoutExpired):
            return ""
        return done.stdout.decode("latin-1")

    def extensions(self):
        if self._extensions is None:
            text = self._ask("echo implode(' ', get_loaded_extensions());")
            self._extensions = {name.lower() for name in text.split()}
        return self._extensions

    def is_debug(self):
        if self._debug is None:
            self._debug = self._ask("echo PHP_DEBUG ? 'debug' : 'release';").strip() == "debug"
        return self._debug


class Workplace:
    """A worker's scratch folder, with a mirror of each folder that it met."""

    def __init__(self, root):
        self.root = root
        self.temp = os.path.join(root, "tmp")
        self.reports = os.path.join(root, "reports")
        self._mirrors = {}
        os.makedirs(self.temp)
        os.makedirs(self.reports)

    def enter(self, folder):
        """The mirror of a folder, made on the first visit."""
        if folder not in self._mirrors:
            top = os.path.join(self.root, "%03d" % len(self._mirrors))
            mirror = os.path.join(top, *folder.strip("/").split("/")[-4:])
            os.makedirs(mirror)
            self._link_surroundings(folder, mirror, top)
            self._copy_support(folder, mirror)
            self._mirrors[folder] = (mirror, self._listing(mirror))
        return self._mirrors[folder][0]

    def leave(self, folder):
        """Undo what a test did to the mirror and to the folder of temporary files."""
        mirror, before = self._mirrors[folder]
        try:
            unchanged = self._listing(mirror) == before
        except OSError:
            unchanged = False
        if not unchanged:
            self._remove_tree(mirror)
            os.makedirs(mirror, exist_ok=True)
            self._copy_support(folder, mirror)
            self._mirrors[folder] = (mirror, self._listing(mirror))
        for folder in (self.temp, self.reports):
            if os.listdir(folder):
                self._remove_tree(folder)
                os.makedirs(folder, exist_ok=True)

    @staticmethod
    def _remove_tree(path):
        """Remove a folder, also where a test took away the right to."""
        for parent, folders, _ in os.walk(path):
            for name in folders:
                if not os.path.islink(os.path.join(parent, name)):
                    os.chmod(os.path.join(parent, name), 0o700)
        shutil.rmtree(path, ignore_errors=True)

    @staticmethod
    def _listing(folder):
        found = {}
        for parent, folders, files in os.walk(folder):
            for name in files + folders:
                path = os.path.join(parent, name)
                stat = os.lstat(path)
                found[path] = (stat.st_mode, name in files and (stat.st_size, stat.st_mtime_ns))
        return found

    def _copy_support(self, folder, mirror):
        for entry in os.scandir(folder):
            target = os.path.join(mirror, entry.name)
            if entry.name.endswith(".phpt") or entry.name == ".git" or os.path.lexists(target):
                continue
            if entry.is_symlink():
                os.symlink(os.readlink(entry.path), target)
            elif entry.is_file():
                shutil.copyfile(entry.path, target)
                os.chmod(target, os.stat(entry.path).st_mode | 0o600)
            elif entry.is_dir() and not self._holds_tests(entry.path):
                os.mkdir(target)
                self._copy_support(entry.path, target)
            elif entry.is_dir():
                os.symlink(entry.path, target)

    @staticmethod
    def _holds_tests(folder):
        return any(name.endswith(".phpt") for _, _, files in os.walk(folder) for name in files)

    @staticmethod
    def _link_surroundings(folder, mirror, top):
        """Let `../name` be found from the mirror: up to three folders above."""
        for _ in range(3):
            folder, name = os.path.split(folder)
            mirror = os.path.dirname(mirror)
            if mirror == top or folder == "/":
                return
            for entry in os.scandir(folder):
                target = os.path.join(mirror, entry.name)
                if entry.name != name and not entry.name.endswith(".phpt") \
                        and not os.path.lexists(target):
                    os.symlink(entry.path, target)


class Runner:
    """Runs tests one after another; one runner serves all workers.

    options: engine, ini, timeout, valgrind, no_zend_alloc, stress, fast, diff_lines
    """

    def __init__(self, options):
        self.options = options
        self.engine = options.engine
        self._skips = {}

    def run(self, path, workplace):
        begun = time.monotonic()
        try:
            test = phpt_file.PhptFile(path)
            result = self._run(test, workplace)
        except phpt_file.BadTest as error:
            result = Result(path, FAILED, "bad test: %s" % error)
        except OSError as error:
            result = Result(path, FAILED, "cannot run: %s" % error)
        result.seconds = time.monotonic() - begun
        return result

    def _run(self, test, workplace):
        reason = self._cannot_run(test)
        if reason:
            return Result(test.path, SKIPPED, reason)
        folder = os.path.dirname(os.path.abspath(test.path))
        mirror = workplace.enter(folder)
        try:
            return self._run_in(test, workplace, folder, mirror)
        finally:
            workplace.leave(folder)

    def _cannot_run(self, test):
        unsupported = test.unsupported()
        if unsupported:
            return "needs a web server interface (%s)" % ", ".join(unsupported)
        if "EXTENSIONS" in test.sections:
            wanted = test.text("EXTENSIONS").decode("latin-1").lower().split()
            missing = [name for name in wanted if name not in self.engine.extensions()]
            if missing:
                return "needs the module %s" % ", ".join(missing)
        if (self.options.no_zend_alloc or self.options.valgrind) and MEMORY_LIMIT.search(test.expectation()[1]):
            return "needs the memory manager's limit"
        return ""

    def _run_in(self, test, workplace, folder, mirror):
        env = self._environment(test, workplace)
        ini = [setting.replace("{PWD}", mirror).replace("{TMP}", workplace.temp)
               for setting in test.ini()]
        base = os.path.join(mirror, os.path.splitext(os.path.basename(test.path))[0])
        expected_failure = "XFAIL" in test.sections
        if "SKIPIF" in test.sections:
            said = self._skipif(test, folder, base, ini, env, mirror)
            if said.lower().startswith("skip"):
                return Result(test.path, SKIPPED, said[4:].strip(" :-") or "by its --SKIPIF--")
            expected_failure = expected_failure or said.lower().startswith("xfail")
        with open(base + ".php", "wb") as file:
            file.write(test.script())
        command = self._command(ini, base + ".php", workplace, traced=True)
        if "ARGS" in test.sections:
            arguments = test.text("ARGS").decode("latin-1").replace("{PWD}", mirror)
            command = self._with_arguments(command, arguments)
        ended = run_process(command, mirror, env, test.text("STDIN"), self.options.timeout)
        result = self._judge(test, ended, workplace)
        self._clean(test, base, ini, env, mirror)
        if expected_failure:
            return self._expect_failure(test, result)
        return result

    @staticmethod
    def _with_arguments(command, arguments):
        """A test's arguments are shell text: `a "b c"` is two, `> x` may stand there as well."""
        line = " ".join("'%s'" % word.replace("'", "'\\''") for word in command[:-1] + ["-f"]
                        + command[-1:])
        return ["/bin/sh", "-c", "exec %s -- %s" % (line, arguments.strip())]

    def _command(self, ini, script, workplace, traced):
        command = self.engine.command + ["-n"]
        for setting in DEFAULT_INI + self.options.ini + ini:
            command += ["-d", setting]
        if traced and self.options.valgrind:
            log = os.path.join(workplace.reports, "valgrind.%p")
            command = VALGRIND + ["--log-file=" + log] + command
        return command + [script]

    def _environment(self, test, workplace):
        env = {name: value for name, value in os.environ.items()
               if not name.startswith(("LC_", "PHP", "MAKE", "MFLAGS"))
               and name not in ("LANG", "LANGUAGE", "TZ")}
        report = os.path.join(workplace.reports, "sanitizer")
        env.update(LC_ALL="C", TMPDIR=workplace.temp, NO_INTERACTION="1", SKIP_ONLINE_TESTS="1",
                   TEST_PHP_EXECUTABLE=self.engine.command[0])
        # Of these options the later ones win: the caller's over ours, but never over log_path.
        for name, options in (("ASAN_OPTIONS", "detect_leaks=0:allocator_may_return_null=1:"
                               "abort_on_error=1"), ("UBSAN_OPTIONS", "print_stacktrace=1")):
            env[name] = ":".join([options, env.get(name, ""), "log_path=" + report])
        if self.options.fast:
            env["SKIP_SLOW_TESTS"] = "1"
        if self.options.no_zend_alloc or self.options.valgrind:
            env["USE_ZEND_ALLOC"] = "0"
        if self.options.stress:
            env["ZEVAL_STRESS"] = self.options.stress
        env.update(test.environment())
        return env

    def _skipif(self, test, folder, base, ini, env, mirror):
        """What the --SKIPIF-- script says; asked once for equal scripts of a folder."""
        text = test.text("SKIPIF")
        key = (folder, text, tuple(ini), test.text("ENV"))
        if key not in self._skips:
            said = self._side_script(base + ".skip.php", text, ini, env, mirror)
            if said.lower().startswith("nocache"):
                return said[len("nocache"):].strip()
            self._skips[key] = said
        return self._skips[key]

    def _clean(self, test, base, ini, env, mirror):
        if "CLEAN" in test.sections:
            self._side_script(base + ".clean.php", test.text("CLEAN"), ini, env, mirror)

    def _side_script(self, path, text, ini, env, mirror):
        with open(path, "wb") as file:
            file.write(text)
        command = self._command(ini, path, None, traced=False)
        ended = run_process(command, mirror, env, b"", self.options.timeout)
        os.unlink(path)
        return ended.output.strip().decode("utf-8", "replace")

    def _judge(self, test, ended, workplace):
        kind, wanted = test.expectation()
        reported, details = self._report(ended, workplace)
        problem = reported or ended.problem(self.options.timeout)
        accepted = test.accepts(ended.output)
        if problem or not accepted:
            if not problem and self._figures_differ(test):
                return Result(test.path, SKIPPED,
                              "ran without error; its byte figures hold in a release build")
            lines = [] if accepted else phpt_file.diff(kind, wanted, ended.output,
                                                       self.options.diff_lines)
            lines += ["     | " + line for line in details]
            return Result(test.path, FAILED, problem or "wrong output", lines, ended.output)
        return Result(test.path, PASSED)

    def _figures_differ(self, test):
        """Blocks are larger in a debug build, uncounted when malloc gives them, moved by stress."""
        if not BYTE_FIGURES.search(test.script()):
            return False
        options = self.options
        return (options.no_zend_alloc or options.valgrind or options.stress
                or self.engine.is_debug())

    @staticmethod
    def _report(ended, workplace):
        """What a checking build or valgrind had to say: in a few words, and its lines."""
        if LEAK_REPORT.search(ended.output):
            return "leaked memory", ended.output.decode("utf-8", "replace").splitlines()[-10:]
        for name in sorted(os.listdir(workplace.reports)):
            with open(os.path.join(workplace.reports, name), "rb") as file:
                text = file.read().decode("utf-8", "replace")
            if text.strip():
                return "reported by " + name.split(".")[0], text.splitlines()[:30]
        if SANITIZER_REPORT.search(ended.output):
            return "reported by sanitizer", []
        return "", []

    @staticmethod
    def _expect_failure(test, result):
        if result.verdict == PASSED:
            return Result(test.path, FAILED, "passes, though it is marked as an expected failure")
        if result.verdict == FAILED:
            why = test.text("XFAIL").strip().decode("utf-8", "replace").split("\n")[0]
            return Result(test.path, KNOWN, why or "marked as an expected failure")
        return result
