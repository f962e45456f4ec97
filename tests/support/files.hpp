// Reads the repository's own files; tests run from its top folder.
#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace kelisim::test {

/// The whole file; a missing one fails the test that wants it.
inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("no file " + path);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

/// The five shops of examples/policies.
inline constexpr const char* k_policies[] = {"alma-chocolates", "aster", "webpulse", "allur",
                                             "letoile"};

inline std::string policy_document(const std::string& name) {
  return read_file("examples/policies/" + name + ".json");
}
inline std::string policy_text(const std::string& name) {
  return read_file("examples/policies/" + name + ".text.json");
}
inline std::string policy_source(const std::string& name) {
  return read_file("examples/policies/sources/" + name + ".md");
}

}  // namespace kelisim::test
