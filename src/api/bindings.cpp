// The only file that includes Emscripten: one line per entry point, no logic.
#include <emscripten/bind.h>

#include "api/engine.hpp"

using kelisim::api::Engine;

EMSCRIPTEN_BINDINGS(kelisim) {
  emscripten::class_<Engine>("Engine")
      .constructor<>()
      .function("loadPolicy", &Engine::load_policy)
      .function("loadCatalogue", &Engine::load_catalogue)
      .function("loadLocale", &Engine::load_locale)
      .function("loadText", &Engine::load_text)
      .function("restore", &Engine::restore)
      .function("state", &Engine::state)
      .function("snapshot", &Engine::snapshot)
      .function("decide", &Engine::decide)
      .function("view", &Engine::view)
      .function("clause", &Engine::clause)
      .function("draft", &Engine::draft)
      .function("act", &Engine::act)
      .function("receipt", &Engine::receipt)
      .function("seal", &Engine::seal)
      .function("inspect", &Engine::inspect)
      .function("chain", &Engine::chain)
      .function("outbox", &Engine::outbox)
      .function("canonical", &Engine::canonical);
}
