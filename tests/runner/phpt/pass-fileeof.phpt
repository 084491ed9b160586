--TEST--
FILEEOF drops the last line end
--FILEEOF--
print last
print end
--EXPECT--
last
end
