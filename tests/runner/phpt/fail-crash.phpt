--TEST--
A crash fails, though the output is right
--FILE--
print a
signal SEGV
--EXPECT--
a
