--TEST--
what the system says of processes, users and files
--FILE--
<?php
var_dump(posix_getpid() === getmypid(), posix_getppid() > 0, posix_kill(posix_getpid(), 0), posix_getuid() >= 0);
$u = posix_getpwuid(0);
echo $u['name'], ' ', implode(' ', array_keys($u)), "\n";
$g = posix_getgrnam('root');
echo $g['gid'], ' ', implode(' ', array_keys($g)), ' ', implode(' ', array_keys(posix_uname())), "\n";
var_dump(posix_getpwnam('no-such-user'), posix_access('/no/such', POSIX_F_OK), posix_strerror(posix_errno()),
    posix_access('/', POSIX_R_OK), posix_kill(1), posix_getpgid(0) === posix_getpgrp());
?>
--EXPECTF--
bool(true)
bool(true)
bool(true)
bool(true)
root name passwd uid gid gecos dir shell
0 name passwd members gid sysname nodename release version machine domainname

Warning: posix_kill() expects exactly 2 parameters, 1 given in %s on line 8
bool(false)
bool(false)
string(25) "No such file or directory"
bool(true)
bool(false)
bool(true)
