// Chains: what is missing, reordered, doubled or branched is seen.
#include <algorithm>
#include <string>
#include <vector>

#include "receipt/chain.hpp"
#include "support/catch.hpp"
#include "support/receipts.hpp"

using namespace kelisim::test;
using kelisim::json::Value;
using Texts = std::vector<std::string>;
namespace receipt = kelisim::receipt;

namespace {

constexpr std::string_view k_record = "0193a7b2-7e41-7c1e-9b52-2f6d0a9d4c00";

struct Link {
  int number = 1;  // last digits of the receipt id
  int seq = 1;
  std::string prev = {};  // "" = none
  std::string record = std::string(k_record);
  bool other_key = false;
};

std::string make(const Link& link) {
  receipt::PublicKey key = vector_key();
  if (link.other_key) std::swap(key.x, key.y);
  Value body = receipt_vector()["body"];
  std::string id(k_record);
  id[id.size() - 2] = static_cast<char>('0' + link.number / 10);
  id[id.size() - 1] = static_cast<char>('0' + link.number % 10);
  body.set("receipt_id", id).set("record_id", link.record).set("seq", link.seq);
  body.set("prev", link.prev.empty() ? Value() : Value(link.prev));
  body.set("pii_principal_id", "jkt:" + receipt::thumbprint(key));
  return compact(header_of(key), body);
}

/// Receipts 1…n, each on the one before.
Texts chain_of(int n) {
  Texts out;
  for (int i = 1; i <= n; ++i) {
    out.push_back(
        make({.number = i, .seq = i, .prev = out.empty() ? "" : receipt::hash(out.back())}));
  }
  return out;
}

/// "index code" of each fault.
Texts faults(const Texts& receipts) {
  Texts out;
  for (const receipt::ChainFault& fault : receipt::check_chain(receipts).faults) {
    out.push_back(std::to_string(fault.index) + " " + fault.code);
  }
  return out;
}

}  // namespace

TEST_CASE("check_chain: a whole chain, also an empty one", "[receipt]") {
  const auto chain = receipt::check_chain(chain_of(5));
  CHECK(chain.receipts == 5);
  CHECK(chain.record_id == k_record);
  CHECK(chain.faults.empty());
  CHECK(receipt::check_chain({}).faults.empty());
  CHECK(faults(chain_of(1)).empty());
}

TEST_CASE(
    "check_chain: a receipt removed in the middle or at the start is seen; at the end it is not",
    "[receipt]") {
  const Texts all = chain_of(4);
  CHECK(faults({all[0], all[2], all[3]}) == Texts{"1 chain_gap"});
  CHECK(faults({all[1], all[2], all[3]}) == Texts{"0 chain_start"});
  CHECK(faults({all[0], all[3]}) == Texts{"1 chain_gap"});
  CHECK(faults({all[0], all[1], all[2]}).empty());
}

TEST_CASE("check_chain: reordered receipts are seen", "[receipt]") {
  const Texts all = chain_of(3);
  CHECK(faults({all[0], all[2], all[1]}) == Texts{"1 chain_gap", "2 chain_order"});
  CHECK(faults({all[1], all[0]}) == Texts{"0 chain_start", "1 chain_order"});
}

TEST_CASE("check_chain: two receipts with one predecessor are a fork, also two first ones",
          "[receipt]") {
  Texts all = chain_of(3);
  all.push_back(make({.number = 9, .seq = 3, .prev = receipt::hash(all[1])}));
  CHECK(faults(all) == Texts{"3 chain_fork"});
  // Both branches may go on.
  all.push_back(make({.number = 10, .seq = 4, .prev = receipt::hash(all[3])}));
  all.push_back(make({.number = 11, .seq = 4, .prev = receipt::hash(all[2])}));
  CHECK(faults(all) == Texts{"3 chain_fork"});
  CHECK(faults({make({.number = 1}), make({.number = 2})}) == Texts{"1 chain_fork"});
}

TEST_CASE("check_chain: prev names another receipt than the one before", "[receipt]") {
  Texts all = chain_of(2);
  all.push_back(make({.number = 3, .seq = 3, .prev = receipt::hash("another")}));
  CHECK(faults(all) == Texts{"2 chain_prev"});
}

TEST_CASE("check_chain: seq is one more than the predecessor's", "[receipt]") {
  Texts all = chain_of(2);
  const std::string tip = receipt::hash(all[1]);
  for (const int seq : {2, 4, 40}) {
    CHECK(faults({all[0], all[1], make({.number = 3, .seq = seq, .prev = tip})}) ==
          Texts{"2 chain_seq"});
  }
}

TEST_CASE("check_chain: one record and one key along the chain", "[receipt]") {
  const Texts all = chain_of(1);
  Link next{.number = 2, .seq = 2, .prev = receipt::hash(all[0])};
  next.other_key = true;
  CHECK(faults({all[0], make(next)}) == Texts{"1 chain_principal"});
  next.other_key = false;
  next.record = "0193a7b2-7e41-7c1e-9b52-2f6d0a9d4cff";
  CHECK(faults({all[0], make(next)}) == Texts{"1 chain_record"});
}

TEST_CASE("check_chain: the same receipt again", "[receipt]") {
  const Texts all = chain_of(2);
  CHECK(faults({all[0], all[1], all[1]}) == Texts{"2 chain_twice"});
  CHECK(faults({all[0], all[0]}) == Texts{"1 chain_twice"});
}

TEST_CASE("check_chain: what does not pass inspect is left out and named", "[receipt]") {
  const Texts all = chain_of(3);
  const auto chain = receipt::check_chain({all[0], "x.y", all[1], all[2] + "="});
  CHECK(chain.receipts == 2);
  REQUIRE(chain.faults.size() == 2);
  CHECK(chain.faults[0].code == "receipt_parts");
  CHECK(chain.faults[0].receipt_id.empty());
  CHECK(chain.faults[1].code == "receipt_base64");
  CHECK(chain.faults[1].index == 3);
}

TEST_CASE("check_chain: faults name the receipt", "[receipt]") {
  const Texts all = chain_of(3);
  const auto chain = receipt::check_chain({all[0], all[2]});
  REQUIRE(chain.faults.size() == 1);
  CHECK(chain.faults[0].receipt_id == "0193a7b2-7e41-7c1e-9b52-2f6d0a9d4c03");
}
