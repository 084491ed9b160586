# Macros of configure.ac.

# ZEVAL_PROGRAM(VARIABLE, PROGRAM, DEBIAN-PACKAGE)
# A program without which the build cannot run.
AC_DEFUN([ZEVAL_PROGRAM], [
  AC_ARG_VAR([$1], [the $2 program])
  AC_PATH_PROG([$1], [$2])
  AS_IF([test -z "$$1"], [AS_VAR_APPEND([zeval_required], [" $3"])])
])

# ZEVAL_LIBRARY(NAME, PKG-CONFIG-MODULE, DEBIAN-PACKAGE, PURPOSE, [required])
# Sets NAME_CFLAGS and NAME_LIBS, defines HAVE_NAME in config.h and as an
# automake conditional. What is missing is gathered, so that one message names
# every package to install.
AC_DEFUN([ZEVAL_LIBRARY], [
  AC_REQUIRE([PKG_PROG_PKG_CONFIG])
  zeval_have=no
  AS_IF([test -z "$PKG_CONFIG"], [zeval_need_pkg_config=yes])
  PKG_CHECK_MODULES([$1], [$2], [
    AC_DEFINE([HAVE_$1], [1], [Define to 1 if $2 is there: $4.])
    zeval_have=yes
  ], [
    m4_if([$5], [required],
      [AS_VAR_APPEND([zeval_required], [" $3"])],
      [AS_VAR_APPEND([zeval_optional], [" $3"])
       zeval_optional_what="${zeval_optional_what:+$zeval_optional_what, }$4"])
  ])
  AM_CONDITIONAL([HAVE_$1], [test "$zeval_have" = yes])
])

# ZEVAL_REPORT_MISSING
# Ends configure when something required was not found.
AC_DEFUN([ZEVAL_REPORT_MISSING], [
  AS_IF([test "x$zeval_need_pkg_config" = xyes], [zeval_required="$zeval_required pkg-config"])
  AS_IF([test -n "$zeval_required"],
    [AC_MSG_ERROR([something is missing. On Debian or Ubuntu this installs it:

    apt-get install$zeval_required$zeval_optional
])])
])

# ZEVAL_CHECK_LTO
# Link-time optimisation, on in release builds where a test program links
# through a static library. Sets enable_lto, LTO_CFLAGS, AR and RANLIB, and
# TEST_LDFLAGS for the unit test programs: with gcc the objects are "fat", so
# that the test programs link fast, without the optimisation.
AC_DEFUN([ZEVAL_CHECK_LTO], [
  AC_ARG_ENABLE([lto],
    [AS_HELP_STRING([--disable-lto],
      [no link-time optimisation: slower program, faster rebuild])],
    [], [AS_IF([test "x$enable_debug$enable_sanitizers$enable_coverage" = xnonono],
               [enable_lto=auto], [enable_lto=no])])
  AS_IF([test "x$enable_lto" != xno], [
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[
#ifndef __clang__
#error not clang
#endif
]])], [zeval_clang=yes], [zeval_clang=no])
    AS_IF([test $zeval_clang = yes], [
      zeval_major=`$CC -dumpversion | sed 's/\..*//'`
      AC_CHECK_TOOLS([LTO_AR], [llvm-ar-$zeval_major llvm-ar])
      zeval_lto="-flto=thin"
      zeval_test_ldflags=
    ], [
      AC_CHECK_TOOLS([LTO_AR], [gcc-ar])
      zeval_lto="-flto=auto -ffat-lto-objects"
      zeval_test_ldflags="-fno-lto"
    ])
    AC_MSG_CHECKING([whether $CC links with $zeval_lto])
    AS_IF([test -n "$LTO_AR" && _ZEVAL_TRY_LTO], [
      LTO_CFLAGS=$zeval_lto
      TEST_LDFLAGS=$zeval_test_ldflags
      AR=${AR-$LTO_AR}
      RANLIB=${RANLIB-`AS_ECHO(["$LTO_AR"]) | sed 's/-ar\(-@<:@0-9@:>@*\)*$/-ranlib\1/'`}
      zeval_works=yes
    ], [zeval_works=no])
    AC_MSG_RESULT([$zeval_works])
    AS_IF([test "x$enable_lto" = xyes && test $zeval_works = no],
      [AC_MSG_ERROR([--enable-lto: the compiler, archiver and linker cannot do it together])])
    enable_lto=$zeval_works
  ])
  AC_SUBST([TEST_LDFLAGS])
])

# A shell condition: compiles one file into an archive and links another
# against it, with link-time optimisation.
m4_define([_ZEVAL_TRY_LTO], [{
  rm -rf conftest.lto && mkdir conftest.lto &&
  echo 'int answer(void) { return 42; }' > conftest.lto/a.c &&
  echo 'int answer(void); int main(void) { return answer() - 42; }' > conftest.lto/b.c &&
  $CC $CFLAGS $zeval_lto -c conftest.lto/a.c -o conftest.lto/a.o >&AS_MESSAGE_LOG_FD 2>&1 &&
  $LTO_AR cr conftest.lto/liba.a conftest.lto/a.o >&AS_MESSAGE_LOG_FD 2>&1 &&
  $CC $CFLAGS $zeval_lto $LDFLAGS conftest.lto/b.c conftest.lto/liba.a \
    -o conftest.lto/b >&AS_MESSAGE_LOG_FD 2>&1
  zeval_status=$?
  rm -rf conftest.lto
  test $zeval_status = 0
}])

# ZEVAL_VM_FLAGS
# Sets VM_CFLAGS to those options, of which the compiler knows, that keep the dispatch function's
# jumps apart and its compilation short. It takes no part in link-time optimisation: what it
# needs inline it has from headers, and every link would compile it again.
AC_DEFUN([ZEVAL_VM_FLAGS], [
  zeval_saved_cflags=$CFLAGS
  for zeval_flag in -fno-lto -fno-gcse -fno-crossjumping -fno-tree-pta -fno-tree-fre -fno-tree-pre; do
    AC_MSG_CHECKING([whether $CC accepts $zeval_flag])
    CFLAGS="$zeval_saved_cflags -Werror $zeval_flag"
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM],
      [AC_MSG_RESULT([yes])
       AS_VAR_APPEND([VM_CFLAGS], [" $zeval_flag"])],
      [AC_MSG_RESULT([no])])
  done
  CFLAGS=$zeval_saved_cflags
])
