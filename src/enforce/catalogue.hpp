// The compact catalogue of third-party services, and the policy's services with its facts filled
// in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "json/value.hpp"
#include "policy/policy.hpp"

namespace kelisim::enforce {

/// `kelisim-catalogue-1` (src/enforce/catalogue.schema.json), kept as it was read; a service's
/// facts are made when asked for.
class Catalogue {
 public:
  /// Errors: `catalogue_format` (no or another version), `catalogue_type` (a service without its
  /// six required members).
  static Result<Catalogue> parse(json::Value value);

  [[nodiscard]] std::size_t size() const { return services_.members().size(); }
  [[nodiscard]] bool has(std::string_view id) const { return services_.has(id); }
  /// The ids, in the order of the document.
  [[nodiscard]] std::vector<std::string_view> ids() const;
  /// What the catalogue knows of a service; `purposes` and `abroad` are the policy's business and
  /// stay empty.
  [[nodiscard]] std::optional<policy::ServiceFacts> facts(std::string_view id) const;

 private:
  json::Value services_;
};

/// True if a service of the document leans on the catalogue: it does not say all of name, operator,
/// operator_country, category and gate itself, or names neither hosts nor paths nor storage. Any
/// other service is the shop's own, and the catalogue is not asked about it, so what is known of it
/// does not depend on whether the catalogue was loaded.
bool leans_on_catalogue(const policy::Service& service);

/// Ids of the services on the page's surface that lean on the catalogue, in the document's order.
/// Where it is empty no catalogue is needed.
std::vector<std::string> needed(const policy::Policy& policy);

/// The declared services with everything known about them: the document's members over the
/// catalogue's. Services of surface app are left out. Purposes are the switch purposes among those
/// the document names, by default all of the service's category; none for necessary services. A
/// service is abroad when its operator's country is neither the policy operator's nor "-".
///
/// Errors: `service_unknown` at "/services/<index>" for each service that neither the catalogue nor
/// the document describes.
/// @param catalogue  nullptr = not loaded.
Result<std::vector<policy::ServiceFacts>> resolve(const policy::Policy& policy,
                                                  const Catalogue* catalogue);

}  // namespace kelisim::enforce
