// Checks that receipts are one chain: nothing removed in the middle, nothing reordered, no two
// branches.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "receipt/jws.hpp"

namespace kelisim::receipt {

struct ChainFault {
  std::string receipt_id;  ///< "" when the receipt did not pass inspect.
  std::size_t index = 0;   ///< Place in the list, from 0.
  std::string code;
  std::string message;
};

struct Chain {
  std::size_t receipts = 0;  ///< Sound ones.
  std::string record_id;     ///< Of the first sound one.
  std::vector<ChainFault> faults;
};

/// Checks compact JWS texts in the order given, oldest first.
///
/// Faults: those of inspect (that receipt is then left out), `chain_twice` (the same receipt
/// again), `chain_record` (another record_id), `chain_principal` (another key), `chain_fork`
/// (another receipt has the same prev), `chain_start` (the first is not seq 1), `chain_gap` (its
/// predecessor is missing), `chain_prev` (seq follows, prev is another receipt), `chain_seq` (prev
/// is there, seq is not one more), `chain_order` (it stands after its successors). Not visible
/// here: receipts cut off at the end, and whether the signatures hold.
Chain check_chain(const std::vector<std::string>& receipts);

}  // namespace kelisim::receipt
