print a
--EXPECT--
a
