--TEST--
No FILE section
--EXPECT--
a
