--TEST--
EXPECTREGEX must match the whole output
--FILE--
print line 12x
--EXPECTREGEX--
line \d+
