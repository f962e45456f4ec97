# The compiler and linker flags, in three interface targets: for all code, for the engine's libraries, for the tests.

# No path of the machine gets into a binary: not from __FILE__, not from debug information.
add_compile_options("-ffile-prefix-map=${CMAKE_BINARY_DIR}=build" "-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.")

add_library(kelisim_warnings INTERFACE)
target_compile_options(kelisim_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow -Werror)

# The engine neither throws nor asks for a type at run time, in every build, so that tests see what a page gets.
add_library(kelisim_engine_options INTERFACE)
target_compile_options(kelisim_engine_options INTERFACE -fno-exceptions -fno-rtti)
target_link_libraries(kelisim_engine_options INTERFACE kelisim_warnings)

# Catch2 throws.
add_library(kelisim_test_options INTERFACE)
target_link_libraries(kelisim_test_options INTERFACE kelisim_warnings)

if(KELISIM_SANITIZE)
  # vptr needs run-time type information, which the engine does without.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined -fno-sanitize=vptr)
endif()

if(NOT EMSCRIPTEN)
  # The standard library's own checks: an index past the end ends the test, not just reads something.
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
else()
  # Receipts and snapshots hold integers only, so the module carries no floating-point reader and writer of libc (src/json/slim_libc.cpp).
  target_compile_definitions(kelisim_engine_options INTERFACE KELISIM_INTEGERS_ONLY=1 EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
  set(CMAKE_CXX_FLAGS_RELEASE "-Oz -DNDEBUG")
  # Small functions of the standard library that many places call (a string's size and data) stay functions as well.
  target_compile_options(kelisim_engine_options INTERFACE
    -flto "SHELL:-mllvm -inline-threshold=-10" -fno-threadsafe-statics -fmerge-all-constants)
endif()
