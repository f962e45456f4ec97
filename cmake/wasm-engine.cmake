# The Emscripten targets: kelisim-engine.js + kelisim-engine.wasm, or kelisim-engine.plain.js, from the same sources.
if(NOT EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/bindings.cpp")
  message(WARNING "src/api/bindings.cpp is not there: no engine to link")
  return()
endif()

add_executable(kelisim-engine bindings.cpp)
target_link_libraries(kelisim-engine PRIVATE kelisim_api kelisim_engine_options)
if(EXISTS "${CMAKE_SOURCE_DIR}/src/json/slim_libc.cpp")
  # Linked as an object, so that it wins over libc's own snprintf and strtod. Not through LTO: the linker must see these symbols
  # before it decides what of libc to pull in.
  target_sources(kelisim-engine PRIVATE "${CMAKE_SOURCE_DIR}/src/json/slim_libc.cpp")
endif()

set(link_flags
  -flto
  # Emscripten picks the flavour of its own libraries by these: Embind names types another way without run-time type information.
  -fno-exceptions
  -fno-rtti
  -lembind
  --closure=1
  -sASSERTIONS=0
  # Works under script-src 'self' 'wasm-unsafe-eval': no new Function.
  -sDYNAMIC_EXECUTION=0
  -sMODULARIZE=1
  -sEXPORT_ES6=1
  -sEXPORT_NAME=createKelisimEngine
  # The glue for pages serves workers and Node as well, 0.3 KB smaller than one that knows them: there the loader passes the bytes.
  -sENVIRONMENT=web
  # Every browser and Node has TextDecoder.
  -sTEXTDECODER=2
  # What the loader passes in the factory's argument, kept through closure.
  -sINCOMING_MODULE_JS_API=instantiateWasm,wasmBinary,locateFile
  -sFILESYSTEM=0
  -sSUPPORT_LONGJMP=0
  -sMALLOC=emmalloc
  # The whole memory stays within 1 MiB unless a large policy needs more.
  -sALLOW_MEMORY_GROWTH=1
  -sSTACK_SIZE=131072
  -sINITIAL_HEAP=262144
  # Grows by what is needed, not by a share of what is there.
  -sMEMORY_GROWTH_LINEAR_STEP=65536)

if(KELISIM_PLAIN_JS)
  set_target_properties(kelisim-engine PROPERTIES OUTPUT_NAME kelisim-engine.plain)
  list(APPEND link_flags -sWASM=0)
endif()

set_target_properties(kelisim-engine PROPERTIES SUFFIX .js RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
target_link_options(kelisim-engine PRIVATE ${link_flags})
