--TEST--
The script has the name of the test
--FILE--
name
--EXPECT--
pass-name.php
