--TEST--
No output fails where one is expected
--FILE--
--EXPECT--
hello
