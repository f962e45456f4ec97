#include "policy/policy.hpp"

#include <array>

namespace kelisim::policy {
namespace {

template <class E, std::size_t N>
std::optional<E> find_name(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

template <class T>
const T* find_id(const std::vector<T>& list, std::string_view id) {
  for (const T& item : list) {
    if (item.id == id) return &item;
  }
  return nullptr;
}

constexpr std::array<std::string_view, 4> k_categories = {"necessary", "functional", "analytics",
                                                          "marketing"};
constexpr std::array<std::string_view, 7> k_bases = {
    "consent", "contract", "law", "interest", "public_data", "statistics", "not_stated"};
constexpr std::array<std::string_view, 4> k_gates = {"block", "placeholder", "allow",
                                                     "allow_on_action"};
constexpr std::array<std::string_view, 3> k_severities = {"high", "medium", "low"};
constexpr std::array<std::string_view, 6> k_clause_kinds = {"title",     "section", "clause",
                                                            "paragraph", "bullet",  "number"};
constexpr std::array<std::string_view, 3> k_storage_types = {"cookie", "local", "session"};

}  // namespace

const Text::Entry& Text::entry(std::string_view lang, std::string_view then) const {
  static const Entry none;
  for (const std::string_view wanted :
       {lang, then, std::string_view("ru"), std::string_view("en")}) {
    for (const auto& each : by_lang) {
      if (each.first == wanted) return each;
    }
  }
  return by_lang.empty() ? none : by_lang.front();
}

std::string_view name_of(Category category) {
  return k_categories[static_cast<std::size_t>(category)];
}
std::string_view name_of(Basis basis) { return k_bases[static_cast<std::size_t>(basis)]; }
std::string_view name_of(Gate gate) { return k_gates[static_cast<std::size_t>(gate)]; }
std::string_view name_of(Severity severity) {
  return k_severities[static_cast<std::size_t>(severity)];
}
std::string_view name_of(ClauseKind kind) { return k_clause_kinds[static_cast<std::size_t>(kind)]; }
std::string_view name_of(StorageType type) {
  return k_storage_types[static_cast<std::size_t>(type)];
}
std::optional<Category> category_of(std::string_view name) {
  return find_name<Category>(k_categories, name);
}
std::optional<Basis> basis_of(std::string_view name) { return find_name<Basis>(k_bases, name); }
std::optional<Gate> gate_of(std::string_view name) { return find_name<Gate>(k_gates, name); }
std::optional<Severity> severity_of(std::string_view name) {
  return find_name<Severity>(k_severities, name);
}
std::optional<ClauseKind> clause_kind_of(std::string_view name) {
  return find_name<ClauseKind>(k_clause_kinds, name);
}
std::optional<StorageType> storage_type_of(std::string_view name) {
  return find_name<StorageType>(k_storage_types, name);
}

const Clause* Policy::clause(std::string_view wanted) const { return find_id(clauses, wanted); }
const Purpose* Policy::purpose(std::string_view wanted) const { return find_id(purposes, wanted); }
const Contact* Policy::contact(std::string_view wanted) const { return find_id(contacts, wanted); }

}  // namespace kelisim::policy
