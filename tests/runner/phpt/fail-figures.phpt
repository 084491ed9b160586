--TEST--
A test of byte figures, of release builds only: memory_get_usage
--FILE--
print memory_get_usage 32
--EXPECT--
memory_get_usage 16
