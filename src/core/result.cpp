#include "core/result.hpp"

namespace kelisim {

Error::Error(const char* with_code, const char* at, const char* says)
    : code(with_code), path(at), message(says) {}
Error::Error(const char* with_code, const std::string& at, const char* says)
    : code(with_code), path(at), message(says) {}
Error::Error(const char* with_code, const std::string& at, const std::string& says)
    : code(with_code), path(at), message(says) {}

bool operator==(const Error& a, const Error& b) {
  return a.code == b.code && a.path == b.path && a.message == b.message;
}

void fault(Errors& errors, const char* code, const std::string& path, const std::string& message) {
  errors.push_back(Error(code, path, message));
}

void fault(Errors& errors, const char* code, const std::string& path, const char* message) {
  fault(errors, code, path, std::string(message));
}

}  // namespace kelisim
