--TEST--
Two expectations
--FILE--
print a
--EXPECT--
a
--EXPECTF--
a
