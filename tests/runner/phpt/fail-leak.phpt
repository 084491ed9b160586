--TEST--
A leak report fails whatever the expectation
--FILE--
print a
leak
--EXPECTF--
a
%A
