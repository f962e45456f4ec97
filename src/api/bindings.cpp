// The only file that includes Emscripten: the module's one entry point, no logic.
#include <emscripten/bind.h>
#include <emscripten/wire.h>

#include "api/engine.hpp"

namespace {

// A module is one engine: whoever wants another one makes another module.
std::string call(const std::string& name, const std::string& in) {
  static kelisim::api::Engine engine;
  return engine.call(name, in);
}

}  // namespace

EMSCRIPTEN_BINDINGS(kelisim) {
  using namespace emscripten::internal;
  _embind_register_std_string(TypeID<std::string>::get(), "std::string");
  emscripten::function("call", &call);
}

// In place of Embind's own file, which registers some thirty types more and names unknown ones with
// printf: this module passes strings. A page loads 4 KB less.
extern "C" {
void _embind_register_bindings(emscripten::internal::InitFunc* /*for_more_threads*/) {}
void _embind_initialize_bindings() {}
const char* __getTypeName(const std::type_info* /*unknown*/) { return nullptr; }
}
