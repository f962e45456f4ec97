#include "receipt/chain.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace kelisim::receipt {
namespace {

struct Link {
  std::string sha256;
  std::string prev;  // "" = none
  std::int64_t seq;
};

}  // namespace

Chain check_chain(const std::vector<std::string>& receipts) {
  Chain out;
  std::vector<Link> links;
  std::string principal;
  std::int64_t highest = 0;
  for (std::size_t index = 0; index < receipts.size(); ++index) {
    const Result<Receipt> receipt = inspect(receipts[index]);
    if (!receipt) {
      out.faults.push_back({"", index, receipt.error().code, receipt.error().message});
      continue;
    }
    const json::Value& body = receipt->body;
    const auto fault = [&](const char* code, const char* message) {
      out.faults.push_back({body["receipt_id"].as_string(), index, code, message});
    };
    const auto any = [&](const auto& holds) {
      return std::any_of(links.begin(), links.end(), holds);
    };
    const Link link{.sha256 = receipt->sha256(),
                    .prev = body["prev"].as_string(),
                    .seq = body["seq"].as_integer()};
    ++out.receipts;
    if (any([&](const Link& other) { return other.sha256 == link.sha256; })) {
      fault("chain_twice", "the same receipt again");
      continue;
    }
    if (links.empty()) {
      out.record_id = body["record_id"].as_string();
      principal = body["pii_principal_id"].as_string();
      if (link.seq != 1) fault("chain_start", "the chain does not begin at 1");
    } else {
      if (body["record_id"].as_string() != out.record_id) fault("chain_record", "another record");
      if (body["pii_principal_id"].as_string() != principal)
        fault("chain_principal", "another key");
      const auto parent = std::find_if(
          links.begin(), links.end(), [&](const Link& other) { return other.sha256 == link.prev; });
      const bool child = any([&](const Link& other) { return other.prev == link.sha256; });
      if (any([&](const Link& other) { return other.prev == link.prev; })) {
        fault("chain_fork", "another receipt has the same predecessor");
      } else if (child || link.prev.empty()) {
        fault("chain_order", "stands after its successors");
      } else if (parent == links.end()) {
        const bool gap = link.seq > highest + 1;
        fault(gap ? "chain_gap" : "chain_prev",
              gap ? "its predecessor is missing" : "its predecessor is another receipt");
      } else if (link.seq != parent->seq + 1) {
        fault("chain_seq", "seq is not one more than its predecessor's");
      }
    }
    highest = std::max(highest, link.seq);
    links.push_back(link);
  }
  return out;
}

}  // namespace kelisim::receipt
