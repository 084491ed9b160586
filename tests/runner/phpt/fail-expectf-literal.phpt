--TEST--
Other characters of EXPECTF stand for themselves
--FILE--
print abc
--EXPECTF--
a.c
