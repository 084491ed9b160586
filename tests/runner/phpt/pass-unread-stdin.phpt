--TEST--
An input that nobody reads does no harm
--STDIN--
line one
--FILE--
print done
--EXPECT--
done
