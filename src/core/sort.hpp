// Sorting and looking up in small code: an instance of std::sort or an operation of std::map is
// some 2 KB of the page's module.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kelisim {

/// Sorts by `less` (Shell's method; not stable).
template <class T, class Less>
void sort(std::vector<T>& list, Less less) {
  for (std::size_t gap = list.size() / 2; gap > 0; gap /= 2) {
    for (std::size_t i = gap; i < list.size(); ++i) {
      for (std::size_t k = i; k >= gap && less(list[k], list[k - gap]); k -= gap)
        std::swap(list[k], list[k - gap]);
    }
  }
}

/// Strings that live elsewhere and stay as they are meanwhile.
using StringPointers = std::vector<const std::string*>;

/// Sorts strings by their bytes.
void sort(StringPointers& list);
void sort(std::vector<std::string>& list);

/// The strings that stand more than once, each as often as it stands again; sorts the list.
StringPointers repeated(StringPointers& list);

/// Whether a list has a string.
bool contains(const std::vector<std::string>& list, std::string_view text);
/// Appends a string that is not there yet.
void add(std::vector<std::string>& list, const std::string& text);

}  // namespace kelisim
