--TEST--
SKIPIF
--SKIPIF--
print skip for a reason
--FILE--
signal SEGV
--EXPECT--
