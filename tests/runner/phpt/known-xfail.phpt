--TEST--
An expected failure
--XFAIL--
not written yet
--FILE--
print a
--EXPECT--
b
