--TEST--
A module that is not there
--EXTENSIONS--
core
absent
--FILE--
print never
--EXPECT--
