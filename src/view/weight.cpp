// Compares what was measured of the answers.
#include "view/weight.hpp"

#include <algorithm>
#include <cstdint>

namespace kelisim::view {
namespace {

constexpr std::int64_t k_max_difference = 2;
constexpr std::int64_t k_min_target = 24;
constexpr std::int64_t k_min_font = 8;
constexpr std::int64_t k_flare = 50'000;  // 0.05, what WCAG adds to both sides

bool contrasts(const json::Value& answer) {
  const json::Value& ink = answer["ink"];
  const json::Value& ground = answer["ground"];
  if (!ink.is_integer() || !ground.is_integer()) return false;
  const auto a = ink.as_integer() + k_flare;
  const auto b = ground.as_integer() + k_flare;
  return 2 * std::max(a, b) >= 9 * std::min(a, b);
}

}  // namespace

const char* weigh(const json::Value& answers) {
  const auto& all = answers.items();
  for (const auto& one : all) {
    const auto& first = all.front();
    for (const char* side : {"width", "height"}) {
      const auto size = one[side].as_integer();
      const auto difference = size - first[side].as_integer();
      if (difference > k_max_difference || difference < -k_max_difference || size < k_min_target)
        return "size";
    }
    if (one["font"] != first["font"] || one["weight"] != first["weight"] ||
        one["font"].as_integer() < k_min_font)
      return "font";
    if (one["ink"] != first["ink"] || one["ground"] != first["ground"]) return "look";
    if (!contrasts(one)) return "contrast";
  }
  return "";
}

}  // namespace kelisim::view
