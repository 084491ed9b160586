--TEST--
%r...%r is a regular expression
--FILE--
print a.(bcbc)
--EXPECTF--
a.(%r(bc){2}%r)
