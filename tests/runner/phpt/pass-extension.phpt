--TEST--
A module that is there
--EXTENSIONS--
core
--FILE--
print run
--EXPECT--
run
