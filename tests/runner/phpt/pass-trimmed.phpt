--TEST--
Blanks around the output do not count, nor a missing line end
--FILE--
raw \n  hello \r\n\n
--EXPECT--
hello