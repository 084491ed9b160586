--TEST--
A test that passes
--FILE--
print a
--EXPECT--
a
