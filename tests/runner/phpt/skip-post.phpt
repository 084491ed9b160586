--TEST--
A section for web servers
--POST--
a=1
--FILE--
--EXPECT--
