// Whether the answers of a layer weigh the same, as they were painted: no setting can make one of
// them bigger, plainer or paler.
#pragma once

#include "json/value.hpp"

namespace kelisim::view {

/// Judges answers by what was measured of each: {width, height, font (CSS pixels), weight (of the
/// font), ink, ground (relative luminance of WCAG 2.2 in millionths; missing where it cannot be
/// told)}.
///
/// @returns the fault of the first that is found, "" = none: `size` (two differ by more than two
/// pixels, or one is under 24), `font` (two differ, or one is under 8 pixels), `look` (ink or
/// ground of two differ), `contrast` (under 4.5 : 1, or it cannot be told).
const char* weigh(const json::Value& answers);

}  // namespace kelisim::view
