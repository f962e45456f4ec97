// The value: members in order, unique keys, lenient readers.
#include <string>

#include "json/value.hpp"
#include "support/catch.hpp"

using kelisim::json::Value;

TEST_CASE("Value: set replaces a member in its place and erase takes it out", "[json]") {
  Value value = Value::object().set("a", 1).set("b", 2).set("a", 3);
  REQUIRE(value.members().size() == 2);
  CHECK(value.members()[0].key == "a");
  CHECK(value["a"].as_integer() == 3);
  value.erase("a");
  CHECK_FALSE(value.has("a"));
  CHECK(value.members().size() == 1);
  value.erase("a");
  CHECK(value.members().size() == 1);
}

TEST_CASE("Value: a missing member is null, a reader of another type the empty value", "[json]") {
  const Value value = Value::object().set("n", 7).set("t", "x").set("f", true);
  CHECK(value["none"].is_null());
  CHECK(value["none"]["deeper"].is_null());
  CHECK(value.find("none") == nullptr);
  CHECK(value["t"].as_integer() == 0);
  CHECK_FALSE(value["n"].as_bool());
  CHECK(value["n"].as_string().empty());
  CHECK(value["n"].items().empty());
  CHECK(value["f"].as_integer() == 0);
}

TEST_CASE("Value: equality looks at kind and content, not at the order of members", "[json]") {
  CHECK(Value::object().set("a", 1).set("b", 2) == Value::object().set("b", 2).set("a", 1));
  CHECK_FALSE(Value::object().set("a", 1) == Value::object().set("a", 2));
  CHECK_FALSE(Value::object().set("a", 1) == Value::object().set("a", 1).set("b", 1));
  CHECK_FALSE(Value::array().push(1).push(2) == Value::array().push(2).push(1));
  CHECK_FALSE(Value::array() == Value::object());
  CHECK_FALSE(Value(0) == Value(false));
  CHECK_FALSE(Value() == Value(""));
  CHECK(Value("a") == Value(std::string("a")));
}

TEST_CASE("Value: a null becomes what it is filled as", "[json]") {
  Value object;
  object.set("a", 1);
  CHECK(object.is_object());
  Value array;
  array.push(1);
  CHECK(array.is_array());
}
