--TEST--
An expected failure that passes is stale
--XFAIL--
not written yet
--FILE--
print b
--EXPECT--
b
