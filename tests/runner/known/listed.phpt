--TEST--
A failure to be listed
--FILE--
print a
--EXPECT--
b
