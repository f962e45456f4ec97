#include "policy/fields.hpp"

#include <algorithm>

#include "core/encoding.hpp"
#include "core/time.hpp"

namespace kelisim::policy {
namespace {

bool lower(char c) { return c >= 'a' && c <= 'z'; }
bool upper(char c) { return c >= 'A' && c <= 'Z'; }
bool digit(char c) { return c >= '0' && c <= '9'; }

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  }));
}

// Words of [a-z0-9] (or only letters) joined by single separators.
bool words(std::string_view text, std::string_view separators, bool digits) {
  bool before = false;
  for (const char c : text) {
    const bool word = lower(c) || (digits && digit(c));
    if (!word && (!before || separators.find(c) == std::string_view::npos)) return false;
    before = word;
  }
  return before;
}

bool is_host(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  bool before = false;
  for (const char c : text) {
    const bool label = lower(c) || digit(c) || c == '-';
    if (!label && (c != '.' || !before)) return false;
    before = label;
  }
  return before;
}

bool is_host_pattern(std::string_view text) {
  return is_host(text.starts_with("*.") ? text.substr(2) : text);
}

bool prefixed_name(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix) || text.size() == prefix.size()) return false;
  text.remove_prefix(prefix.size());
  return std::all_of(text.begin(), text.end(), [](char c) { return lower(c) || upper(c); });
}

bool shaped(std::string_view text,
            std::string_view shape) {  // 'A' upper, '0' digit, others themselves
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool fits = shape[i] == 'A'   ? upper(text[i])
                      : shape[i] == '0' ? digit(text[i])
                                        : text[i] == shape[i];
    if (!fits) return false;
  }
  return true;
}

}  // namespace

bool matches(Pattern pattern, std::string_view text) {
  switch (pattern) {
    case Pattern::any:
      return !text.empty();
    case Pattern::id:
      return text.size() <= 64 && words(text, "_-", true);
    case Pattern::host:
      return is_host(text);
    case Pattern::host_pattern:
      return is_host_pattern(text);
    case Pattern::path_pattern: {
      const auto slash = text.find('/');
      return slash != std::string_view::npos &&
             (slash == 0 || is_host_pattern(text.substr(0, slash)));
    }
    case Pattern::sha256:
      return text.size() == 43 && base64url_decode(text).has_value();
    case Pattern::duration:
      return parse_duration(text).has_value();
    case Pattern::country:
      return shaped(text, "AA");
    case Pattern::jurisdiction:
      return shaped(text.substr(0, 2), "AA") &&
             (text.size() == 2 || (text.size() >= 4 && text.size() <= 6 && text[2] == '-' &&
                                   std::all_of(text.begin() + 3, text.end(),
                                               [](char c) { return upper(c) || digit(c); })));
    case Pattern::language: {
      const auto dash = text.find('-');
      const auto first = text.substr(0, dash);
      return (first.size() == 2 || first.size() == 3) &&
             std::all_of(first.begin(), first.end(), lower) &&
             (dash == std::string_view::npos || text.size() > dash + 2);
    }
    case Pattern::date:
      return shaped(text, "0000-00-00");
    case Pattern::bin:
      return shaped(text, "000000000000");
    case Pattern::dpv:
      return prefixed_name(text, "dpv:");
    case Pattern::pii:
      return prefixed_name(text, "pd:") || prefixed_name(text, "tech:") ||
             prefixed_name(text, "dpv:");
    case Pattern::https:
      return text.starts_with("https://") && text.size() > 8;
    case Pattern::code:
      return words(text, "-", false);
    case Pattern::clause:
      return !text.empty() && code_points(text) <= 32;
  }
  return false;
}

void Fields::error(std::string_view code, std::string path, std::string message) {
  kelisim::fault(errors, std::string(code).c_str(), path, message);
}

std::optional<Node> Fields::member(const Node& object, std::string_view key, bool required) {
  const json::Value* value = object.value->find(key);
  if (value == nullptr) {
    if (required)
      error("policy_missing", json::pointer(object.path, key), "required member is missing");
    return std::nullopt;
  }
  return Node{value, json::pointer(object.path, key)};
}

std::optional<Node> Fields::object(const Node& parent, std::string_view key, bool required) {
  auto node = member(parent, key, required);
  if (node && !node->value->is_object()) {
    error("policy_type", node->path, "has to be an object");
    return std::nullopt;
  }
  return node;
}

std::vector<Node> Fields::list(const Node& parent, std::string_view key, bool required,
                               bool objects) {
  std::vector<Node> out;
  const auto node = member(parent, key, required);
  if (!node) return out;
  if (!node->value->is_array()) {
    error("policy_type", node->path, "has to be an array");
    return out;
  }
  std::size_t index = 0;
  for (const json::Value& item : node->value->items()) {
    Node child{&item, json::pointer(node->path, index++)};
    if (objects && !item.is_object()) {
      error("policy_type", child.path, "has to be an object");
    } else {
      out.push_back(std::move(child));
    }
  }
  return out;
}

bool Fields::check(const Node& node, Pattern pattern) {
  if (!node.value->is_string()) {
    error("policy_type", node.path, "has to be a string");
    return false;
  }
  if (!matches(pattern, node.value->as_string())) {
    error("policy_value", node.path,
          "not an allowed value: \"" + node.value->as_string().substr(0, 80) + "\"");
    return false;
  }
  return true;
}

std::string Fields::string(const Node& object, std::string_view key, Pattern pattern,
                           bool required) {
  const auto node = member(object, key, required);
  return node && check(*node, pattern) ? node->value->as_string() : std::string();
}

std::vector<std::string> Fields::strings(const Node& object, std::string_view key, Pattern pattern,
                                         bool required) {
  std::vector<std::string> out;
  for (const Node& item : list(object, key, required, false)) {
    if (check(item, pattern)) out.push_back(item.value->as_string());
  }
  return out;
}

bool Fields::flag(const Node& object, std::string_view key, bool fallback) {
  const auto node = member(object, key, false);
  if (!node) return fallback;
  if (!node->value->is_bool()) {
    error("policy_type", node->path, "has to be true or false");
    return fallback;
  }
  return node->value->as_bool();
}

std::string Fields::choice(const Node& object, std::string_view key, std::string_view choices,
                           bool required) {
  const auto node = member(object, key, required);
  if (!node || !check(*node, Pattern::any)) return {};
  const std::string& text = node->value->as_string();
  std::string_view rest = choices;
  while (!rest.empty()) {
    const auto bar = rest.find('|');
    if (rest.substr(0, bar) == text) return text;
    rest = bar == std::string_view::npos ? std::string_view() : rest.substr(bar + 1);
  }
  error("policy_value", node->path, "has to be one of " + std::string(choices));
  return {};
}

Text Fields::text_at(const Node& node) {
  Text out;
  if (!node.value->is_object()) {
    error("policy_type", node.path, "has to be a text: language to string");
    return out;
  }
  for (const std::string_view lang : {"kk", "ru", "en"}) {
    if (!node.value->has(lang))
      error("policy_missing", json::pointer(node.path, lang), "text lacks this language");
  }
  for (const json::Member& member : node.value->members()) {
    const Node child{&member.value, json::pointer(node.path, member.key)};
    if (!check(child, Pattern::any)) continue;
    if (code_points(member.value.as_string()) > 2000) {
      error("policy_value", child.path, "longer than 2000 characters");
      continue;
    }
    out.by_lang.emplace_back(member.key, member.value.as_string());
  }
  return out;
}

Text Fields::text(const Node& object, std::string_view key, bool required) {
  const auto node = member(object, key, required);
  return node ? text_at(*node) : Text();
}

std::vector<Text> Fields::texts(const Node& object, std::string_view key, bool required) {
  std::vector<Text> out;
  for (const Node& item : list(object, key, required, false)) out.push_back(text_at(item));
  return out;
}

ClauseIds Fields::clauses(const Node& object, std::string_view key, bool required) {
  ClauseIds out;
  for (const Node& item : list(object, key, required, false)) {
    if (!check(item, Pattern::clause)) continue;
    clause_references.push_back({item.path, item.value->as_string()});
    out.push_back(item.value->as_string());
  }
  return out;
}

bool Fields::not_stated(const Node& object, std::string_view key) {
  const json::Value* value = object.value->find(key);
  if (value == nullptr || !value->is_object() || !(*value)["not_stated"].as_bool()) return false;
  silent.push_back(json::pointer(object.path, key));
  return true;
}

Stated<std::string> Fields::stated_string(const Node& object, std::string_view key,
                                          Pattern pattern) {
  if (not_stated(object, key)) return std::nullopt;
  return string(object, key, pattern);
}

Stated<Text> Fields::stated_text(const Node& object, std::string_view key) {
  if (not_stated(object, key)) return std::nullopt;
  return text(object, key);
}

Stated<bool> Fields::stated_bool(const Node& object, std::string_view key) {
  if (not_stated(object, key)) return std::nullopt;
  member(object, key);
  return flag(object, key);
}

void Fields::unique(const std::string& path, const std::vector<std::string>& ids) {
  std::vector<std::string> sorted = ids;
  std::sort(sorted.begin(), sorted.end());
  for (auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end();
       twice = std::adjacent_find(twice + 1, sorted.end())) {
    if (!twice->empty()) error("policy_duplicate", path, "\"" + *twice + "\" stands twice");
  }
}

}  // namespace kelisim::policy
