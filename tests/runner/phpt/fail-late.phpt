--TEST--
A script that does not end is killed
--FILE--
print a
sleep 60
--EXPECT--
a
