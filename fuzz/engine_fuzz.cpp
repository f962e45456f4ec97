// api: any input to any call gives an envelope, and a refused call leaves the engine as it was.
// The first byte chooses the call, the rest is its input.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "api/engine.hpp"

namespace {

using kelisim::api::Engine;
using Call = std::string (Engine::*)(const std::string&);
constexpr Call k_calls[] = {&Engine::load_policy, &Engine::load_catalogue, &Engine::load_locale,
                            &Engine::load_text,   &Engine::restore,        &Engine::state,
                            &Engine::snapshot,    &Engine::decide,         &Engine::view,
                            &Engine::clause,      &Engine::draft,          &Engine::act,
                            &Engine::receipt,     &Engine::seal,           &Engine::inspect,
                            &Engine::chain,       &Engine::outbox,         &Engine::canonical};

/// The fuzzer runs in the top folder of the repository.
std::string file(const char* path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) std::abort();
  return {std::istreambuf_iterator<char>(in), {}};
}

void load(Engine& engine) {
  engine.load_policy(file("tests/vectors/policy.json"));
  engine.load_catalogue(file("tests/vectors/catalogue.json"));
  engine.load_locale(file("web/locales/en.json"));
}

const std::string k_now = R"({"now_ms":1795168800000})";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Engine engine;
  static bool ready = false;
  if (!ready) load(engine);
  ready = true;
  if (size == 0) return 0;
  const std::string before = engine.state(k_now);
  const std::string answer = (engine.*k_calls[data[0] % std::size(k_calls)])(
      std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
  if (answer.rfind(R"({"error":)", 0) == 0) {
    if (engine.state(k_now) != before) std::abort();
  } else {
    if (answer.find(R"("ok":true)") == std::string::npos) std::abort();
    // It may have loaded another policy or another state.
    ready = false;
  }
  return 0;
}
