--TEST--
What follows ===DONE=== is not run
--FILE--
print before
===DONE===
signal SEGV
--EXPECT--
before
fake-engine: no such command: ===DONE===
