// For the Emscripten builds only: stands in front of libc's strtod and snprintf, which the JSON
// lexer names but this engine never needs (a number with a fraction is refused before its value is
// looked at; a token is never printed). Without them printf, scanf and 128-bit floating point would
// come along: 24 KB of WebAssembly.
#include <cstddef>

extern "C" {

double strtod(const char* text, char** end) {
  // The lexer has already matched the token and only checks that all of it was read.
  if (end != nullptr) {
    const char* at = text;
    while (*at != '\0') ++at;
    *end = const_cast<char*>(at);
  }
  return 0;
}

float strtof(const char* text, char** end) { return static_cast<float>(strtod(text, end)); }
long double strtold(const char* text, char** end) {
  return static_cast<long double>(strtod(text, end));
}

int snprintf(char* buffer, std::size_t size, const char* /*format*/, ...) {
  if (size != 0) *buffer = '\0';
  return 0;
}
}
