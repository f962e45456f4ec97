// Equal weight of the answers, judged by what was painted.
#include "view/weight.hpp"

#include "json/reader.hpp"
#include "support/catch.hpp"
#include "support/view.hpp"

using namespace kelisim;

TEST_CASE("weight: answers are equal in size, font, colours, and can be read", "[view]") {
  struct Row {
    std::string other;
    std::string fault;
  };
  const auto row = GENERATE(
      Row{R"({"width":120,"height":40,"font":14,"weight":600,"ink":1000000,"ground":36000})", ""},
      Row{R"({"width":122,"height":38,"font":14,"weight":600,"ink":1000000,"ground":36000})", ""},
      Row{R"({"width":123,"height":40,"font":14,"weight":600,"ink":1000000,"ground":36000})",
          "size"},
      Row{R"({"width":120,"height":37,"font":14,"weight":600,"ink":1000000,"ground":36000})",
          "size"},
      Row{R"({"width":120,"height":40,"font":13,"weight":600,"ink":1000000,"ground":36000})",
          "font"},
      Row{R"({"width":120,"height":40,"font":14,"weight":400,"ink":1000000,"ground":36000})",
          "font"},
      Row{R"({"width":120,"height":40,"font":14,"weight":600,"ink":1000000,"ground":37000})",
          "look"},
      Row{R"({"width":120,"height":40,"font":14,"weight":600,"ink":900000,"ground":36000})",
          "look"},
      Row{R"({"width":120,"height":40,"font":14,"weight":600,"ground":36000})", "look"});
  const auto answers = test::expect(json::parse(
      R"([{"width":120,"height":40,"font":14,"weight":600,"ink":1000000,"ground":36000},)" +
      row.other + "]"));
  CAPTURE(row.other);
  CHECK(view::weigh(answers) == row.fault);
}

TEST_CASE("weight: all alike is not enough: each has to be read and hit", "[view]") {
  const auto judge = [](const std::string& answer) {
    return std::string(view::weigh(test::expect(json::parse("[" + answer + "," + answer + "]"))));
  };
  // 4.5 : 1 with the flare: 422,500 + 50,000 against 55,000 + 50,000.
  CHECK(judge(R"({"width":90,"height":40,"font":14,"weight":600,"ink":422500,"ground":55000})")
            .empty());
  CHECK(judge(R"({"width":90,"height":40,"font":14,"weight":600,"ink":55000,"ground":422500})")
            .empty());
  CHECK(judge(R"({"width":90,"height":40,"font":14,"weight":600,"ink":422499,"ground":55000})") ==
        "contrast");
  CHECK(judge(R"({"width":90,"height":40,"font":14,"weight":600,"ground":55000})") == "contrast");
  CHECK(judge(R"({"width":90,"height":40,"font":7,"weight":600,"ink":1000000,"ground":0})") ==
        "font");
  CHECK(judge(R"({"width":23,"height":40,"font":14,"weight":600,"ink":1000000,"ground":0})") ==
        "size");
  CHECK(std::string(view::weigh(test::expect(json::parse("[]")))).empty());
}
