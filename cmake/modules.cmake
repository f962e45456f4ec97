# kelisim_module(): one library target per folder of src/. It sees its own headers and those of the modules it links, and no others.

# nlohmann/json by itself: the folder it lies in may hold a whole C library (/usr/include), which must not reach another compiler.
find_path(KELISIM_NLOHMANN_PARENT nlohmann/json.hpp PATHS /usr/include /usr/local/include NO_CMAKE_FIND_ROOT_PATH)
if(NOT KELISIM_NLOHMANN_PARENT)
  message(FATAL_ERROR "nlohmann/json.hpp is not installed (Debian: nlohmann-json3-dev)")
endif()
set(KELISIM_NLOHMANN_INCLUDE "${CMAKE_BINARY_DIR}/layers/nlohmann-json")
file(MAKE_DIRECTORY "${KELISIM_NLOHMANN_INCLUDE}")
file(CREATE_LINK "${KELISIM_NLOHMANN_PARENT}/nlohmann" "${KELISIM_NLOHMANN_INCLUDE}/nlohmann" SYMBOLIC)

# kelisim_module(NAME [SOURCES file…] [DEPENDS target…])
#
# Headers are included as "module/file.hpp". Each module's include folder in the build tree holds a link to that module alone, so an
# include against the dependency direction does not build (tools/check-layers.mjs says it with a better message).
function(kelisim_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS")
  set(target kelisim_${name})
  set(include_dir "${CMAKE_BINARY_DIR}/layers/${name}")
  file(MAKE_DIRECTORY "${include_dir}")
  file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}" "${include_dir}/${name}" SYMBOLIC)

  if(arg_SOURCES)
    add_library(${target} STATIC ${arg_SOURCES})
    target_include_directories(${target} PUBLIC "${include_dir}")
    target_link_libraries(${target} PUBLIC ${arg_DEPENDS} PRIVATE kelisim_engine_options)
  else()
    # Headers only.
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE "${include_dir}")
    target_link_libraries(${target} INTERFACE ${arg_DEPENDS})
  endif()
endfunction()

# kelisim_test(MODULE [SOURCES file…] [DEPENDS target…]): one test executable per module, each TEST_CASE known to ctest.
function(kelisim_test module)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS")
  if(NOT arg_SOURCES)
    return()
  endif()
  set(target kelisim_${module}_tests)
  add_executable(${target} ${arg_SOURCES})
  target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
  target_link_libraries(${target} PRIVATE kelisim_${module} ${arg_DEPENDS} kelisim_test_options Catch2::Catch2WithMain)
  # Tests name their vectors from the top of the repository, so no path is compiled in.
  catch_discover_tests(${target} TEST_PREFIX "${module}: " WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}" DISCOVERY_MODE PRE_TEST)
endfunction()
