--TEST--
EXPECTREGEX
--FILE--
print line 12
print line 13
--EXPECTREGEX--
line \d+\n(line \d+)?
