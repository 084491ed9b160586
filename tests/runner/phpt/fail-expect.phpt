--TEST--
Another output fails
--FILE--
print hello
--EXPECT--
hello world
