--TEST--
A test with DOS line ends
--FILE--
print one
print two
--EXPECT--
one
two
