--TEST--
Equal output passes
--FILE--
print hello
--EXPECT--
hello
