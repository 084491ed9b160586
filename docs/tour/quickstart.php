<?php
// The first stop of the tour: values that are shared, values that part, and what
// each step costs. Run it with scripts/quickstart.
//
// The measuring functions give each of their variables a value before they measure:
// a variable's first value takes 48 bytes, which are not what is looked for.

function title($text)
{
    echo "\n", $text, "\n", str_repeat('-', strlen($text)), "\n";
}

function show_cost($what, $bytes, $why)
{
    printf("%-22s %6d bytes   %s\n", $what, $bytes, $why);
}

function separation()
{
    $before = 0; $cost = 0; $copy = 0;
    $numbers = range(1, 1000);

    $before = memory_get_usage();
    $copy = $numbers;
    $cost = memory_get_usage() - $before;
    show_cost('$copy = $numbers;', $cost, 'one more name for the same value');

    $before = memory_get_usage();
    $copy[0] = 'one';
    $cost = memory_get_usage() - $before;
    show_cost('$copy[0] = \'one\';', $cost, 'now the array is copied, not its elements');

    $before = memory_get_usage();
    $copy[1] = 'two';
    $cost = memory_get_usage() - $before;
    show_cost('$copy[1] = \'two\';', $cost, 'one element parts from the original');
}

function counts()
{
    $list = array(str_repeat('ab', 2), 12);
    echo "One name, and the argument of the function that shows it:\n";
    debug_zval_dump($list);
    $again = $list;
    $element = $list[0];
    echo "With a second name for the array, and one for its first element:\n";
    debug_zval_dump($list);
}

function references()
{
    $a = 1;
    $b = &$a;
    $b++;
    echo "\$b = &\$a; \$b++;       now \$a is $a\n";
    $c = $a;
    $c++;
    echo "\$c = \$a; \$c++;        \$a is still $a: a copy, because \$a is a reference\n";
}

function life_of_an_array()
{
    $before = 0; $full = 0; $after = 0; $i = 0; $table = 0;
    $before = memory_get_usage();
    $table = array();
    for ($i = 0; $i < 1000; $i++) {
        $table[] = $i;
    }
    $full = memory_get_usage() - $before;
    $table = 0;
    $i = 0;
    $after = memory_get_usage() - $before;
    return array($full, $after);
}

title('A copy is made when it is needed');
separation();

title('How many share a value');
counts();

title('Two names, one value');
references();

title('What an array costs, and that it comes back');
life_of_an_array();     // once to warm up: a run-time cache and the like stay
list($full, $after) = life_of_an_array();
echo "1000 integers, appended one by one: $full bytes\n";
echo "  zval 48, HashTable 88, its table 16 + 1024 * 8, for each element a bucket 88 and a zval 48:\n";
echo '  48 + 88 + 16 + 1024 * 8 + 1000 * (88 + 48) = ', 48 + 88 + 16 + 1024 * 8 + 1000 * (88 + 48), "\n";
echo "After it is gone: $after bytes more than before\n";
