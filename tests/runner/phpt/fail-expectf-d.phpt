--TEST--
%d accepts digits only
--FILE--
print 12a
--EXPECTF--
%d
