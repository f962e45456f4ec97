// What the decisions of a receipt are about: each id looked up in the policy and its services, and
// written as a purpose of the receipt.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/value.hpp"
#include "policy/policy.hpp"

namespace kelisim::receipt {

using Services = std::vector<policy::ServiceFacts>;

/// {"not_stated":true}
json::Value not_stated();
json::Value stated(const policy::Stated<std::string>& value);
json::Value strings(const std::vector<std::string>& list);

/// Appends what is not there yet.
template <class T>
bool add_once(std::vector<T>& list, const T& item) {
  for (const T& other : list) {
    if (other == item) return false;
  }
  list.push_back(item);
  return true;
}

/// Writes purposes one after the other and remembers what they have in common.
class Purposes {
 public:
  enum class Found : std::uint8_t { nothing, without_consent, written };

  Purposes(const policy::Policy& policy, const Services& services, std::string lang)
      : policy_(policy), services_(services), lang_(std::move(lang)) {}

  /// Fills `out` with the members that depend on the decision (rules: build.hpp): purpose_id,
  /// purpose, category, service, purpose_type, processing_method, pii_information,
  /// recipient_third_parties, clauses. "service:a,b" is one purpose for several services.
  /// @param label  What the control was called on screen, where the policy itself has no name for
  ///               it (the transfer); "" = as this version's own languages call it.
  Found write(const std::string& id, const std::string& label, json::Value& out);

  /// Recipients and data items of all purposes written, each once, in the order they came.
  [[nodiscard]] const std::vector<const policy::ServiceFacts*>& recipients() const {
    return recipients_;
  }
  [[nodiscard]] const std::vector<const policy::DataItem*>& data() const { return data_; }

 private:
  // What is collected while one purpose is written.
  struct Entry {
    std::vector<std::string> names;
    std::vector<std::string> services;
    std::vector<std::string> types;  // DPV terms
    std::vector<const policy::DataItem*> data;
    std::vector<const policy::ServiceFacts*> recipients;
    policy::ClauseIds clauses;
    const policy::Category* category = nullptr;
    bool on_page = false;  // without data of its own: what a page collects
  };

  Found purpose(const std::string& id);
  Found channel(const std::string& id);
  Found transfer(const std::string& id, const std::string& label);
  Found services(std::string_view ids);
  Found service(const std::string& id);
  Found form(const std::string& id);
  void take(const policy::Purpose& purpose);
  void take_data(const policy::Ids& ids);
  void take(const policy::Ids& ids);
  void recipient(const policy::ServiceFacts& service);
  void finish(json::Value& out);

  const policy::Policy& policy_;
  const Services& services_;
  std::string lang_;
  Entry entry_;
  std::vector<const policy::ServiceFacts*> recipients_;
  std::vector<const policy::DataItem*> data_;
};

}  // namespace kelisim::receipt
