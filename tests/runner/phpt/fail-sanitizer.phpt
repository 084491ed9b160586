--TEST--
A report of a sanitizer fails
--FILE--
print a
report
--EXPECT--
a
