--TEST--
A child left behind does not hold up the test
--FILE--
print a
linger
--EXPECT--
a
