#include "core/sort.hpp"

namespace kelisim {

void sort(StringPointers& list) {
  sort(list, [](const std::string* a, const std::string* b) { return a->compare(*b) < 0; });
}

void sort(std::vector<std::string>& list) {
  sort(list, [](const std::string& a, const std::string& b) { return a.compare(b) < 0; });
}

StringPointers repeated(StringPointers& list) {
  sort(list);
  StringPointers out;
  for (std::size_t i = 1; i < list.size(); ++i) {
    if (*list[i] == *list[i - 1]) out.push_back(list[i]);
  }
  return out;
}

bool contains(const std::vector<std::string>& list, std::string_view text) {
  for (const std::string& item : list) {
    if (item == text) return true;
  }
  return false;
}

void add(std::vector<std::string>& list, const std::string& text) {
  if (!contains(list, text)) list.push_back(text);
}

}  // namespace kelisim
