--TEST--
A silent SKIPIF lets the test run
--SKIPIF--
--FILE--
print run
--EXPECT--
run
