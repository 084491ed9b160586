--TEST--
Each placeholder of EXPECTF
--FILE--
print 12 -3 +4 0aF 1.5e-3 . x / 100% (some text) 
print a
print b
print end[]
--EXPECTF--
%d %i %i %x %f . %c %e 100%% (%s)%w
%a
end[%S]%A
