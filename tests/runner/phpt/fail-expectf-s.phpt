--TEST--
%s accepts no line feed and no nothing
--FILE--
print <>
--EXPECTF--
<%s>
