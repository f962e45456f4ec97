// The native engine as a line server for differential tests: one JSON array ["call", "input"] a
// line in, one envelope a line out.
#include <iostream>
#include <map>
#include <string>

#include "api/engine.hpp"
#include "json/reader.hpp"

using kelisim::api::Engine;

int main() {
  using Call = std::string (Engine::*)(const std::string&);
  const std::map<std::string, Call, std::less<>> calls = {
      {"loadPolicy", &Engine::load_policy},
      {"loadCatalogue", &Engine::load_catalogue},
      {"loadLocale", &Engine::load_locale},
      {"loadText", &Engine::load_text},
      {"restore", &Engine::restore},
      {"state", &Engine::state},
      {"snapshot", &Engine::snapshot},
      {"decide", &Engine::decide},
      {"view", &Engine::view},
      {"clause", &Engine::clause},
      {"weigh", &Engine::weigh},
      {"draft", &Engine::draft},
      {"act", &Engine::act},
      {"receipt", &Engine::receipt},
      {"seal", &Engine::seal},
      {"inspect", &Engine::inspect},
      {"chain", &Engine::chain},
      {"compare", &Engine::compare},
      {"outbox", &Engine::outbox},
      {"canonical", &Engine::canonical}};
  Engine engine;
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto parsed = kelisim::json::parse(line, {.max_bytes = 8U << 20U, .max_depth = 4});
    const auto call = parsed && parsed->items().size() == 2
                          ? calls.find(parsed->items()[0].as_string())
                          : calls.end();
    if (call == calls.end()) {
      std::cerr << "no such call: " << line.substr(0, 80) << '\n';
      return 2;
    }
    std::cout << (engine.*call->second)(parsed->items()[1].as_string()) << '\n' << std::flush;
  }
  return 0;
}
