# The Emscripten targets: kelisim-engine.js + kelisim-engine.wasm, and kelisim-engine.plain.js, from the same objects.
if(NOT EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/bindings.cpp")
  message(WARNING "src/api/bindings.cpp is not there: no engine to link")
  return()
endif()

set(link_flags
  -flto
  # What many places call stays a function: inlining even small ones makes the module a tenth larger. Binaryen inlines what pays.
  -Wl,-mllvm,-inline-threshold=-500
  # Emscripten picks the flavour of its own libraries by these: Embind names types another way without run-time type information.
  -fno-exceptions
  -fno-rtti
  -lembind
  "--js-library=${CMAKE_SOURCE_DIR}/src/api/embind.js"
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

# kelisim_engine(TARGET NAME [FLAG…])
function(kelisim_engine target name)
  add_executable(${target} bindings.cpp)
  target_link_libraries(${target} PRIVATE kelisim_api kelisim_engine_options)
  # In front of libc's own functions, as an object: a library would be looked into too late.
  target_sources(${target} PRIVATE "${CMAKE_SOURCE_DIR}/src/json/slim_libc.cpp")
  target_link_options(${target} PRIVATE ${link_flags} ${ARGN})
  set_target_properties(${target} PROPERTIES LINK_DEPENDS "${CMAKE_SOURCE_DIR}/src/api/embind.js" OUTPUT_NAME ${name} SUFFIX .js RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
endfunction()

# The same objects, linked twice.
kelisim_engine(kelisim-engine kelisim-engine)
kelisim_engine(kelisim-engine-plain kelisim-engine.plain -sWASM=0)
