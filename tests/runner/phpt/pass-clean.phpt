--TEST--
CLEAN runs and its output does not count
--FILE--
print a
--EXPECT--
a
--CLEAN--
print cleaning
