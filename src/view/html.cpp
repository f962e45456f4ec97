// Writes a tree as HTML text; html.hpp says which elements.
#include "view/html.hpp"

#include <initializer_list>
#include <string_view>

#include "core/encoding.hpp"
#include "view/href.hpp"

namespace kelisim::view {
namespace {

constexpr int k_deepest_heading = 6;

class Writer {
 public:
  std::string root(const json::Value& tree) {
    layer_ = tree["layer"].as_string();
    const std::string id = next_id();
    open("section", {{"class", "layer"}, {"part", layer_}, {"data-layer", layer_}, {"lang", tree["lang"].as_string()}, {"dir", tree["dir"].as_string()}, {"aria-labelledby", id}});
    open("h2", {{"id", id}});
    escape(tree["title"].as_string());
    close("h2");
    children(tree);
    close("section");
    return std::move(out_);
  }

  std::string one(const json::Value& value) {
    node(value);
    return std::move(out_);
  }

 private:
  struct Attribute {
    std::string_view name;
    std::string_view value;  // "" = not written
  };

  std::string next_id() { return "k-" + layer_ + '-' + to_text(++ids_); }
  [[nodiscard]] std::string heading() const { return "h" + to_text(level_ < k_deepest_heading ? level_ : k_deepest_heading); }

  void escape(std::string_view text) {
    for (const char c : text) {
      switch (c) {
        case '&': out_ += "&amp;"; break;
        case '<': out_ += "&lt;"; break;
        case '>': out_ += "&gt;"; break;
        case '"': out_ += "&quot;"; break;
        case '\'': out_ += "&#39;"; break;
        default: out_ += c;
      }
    }
  }

  void open(std::string_view tag, std::initializer_list<Attribute> attributes) {
    out_ += '<';
    out_ += tag;
    for (const auto& attribute : attributes) {
      if (attribute.value.empty()) continue;
      out_ += ' ';
      out_ += attribute.name;
      out_ += "=\"";
      escape(attribute.value);
      out_ += '"';
    }
    out_ += '>';
  }

  void close(std::string_view tag) {
    out_ += "</";
    out_ += tag;
    out_ += '>';
  }

  void element(std::string_view tag, std::initializer_list<Attribute> attributes, std::string_view text) {
    open(tag, attributes);
    escape(text);
    close(tag);
  }

  // Pieces of INLINE: a space before all but the first.
  void piece(bool& first) {
    if (!first) out_ += ' ';
    first = false;
  }

  void label(const json::Value& value, bool& first) {
    if (!value.has("label")) return;
    piece(first);
    element("b", {{"class", "label"}}, value["label"].as_string());
  }

  void words(const json::Value& value, bool& first, std::string_view id = {}) {
    if (!value["text"].is_string()) return;
    piece(first);
    const std::string& href = value["href"].as_string();
    if (!href.empty() && is_safe_href(href)) {
      const bool outside = href.starts_with("https:");
      open("a", {{"href", href}, {"data-rel", value["rel"].as_string()}, {"target", outside ? "_blank" : ""}, {"rel", outside ? "noopener noreferrer" : ""}});
      escape(value["text"].as_string());
      close("a");
    } else {
      element("span", {{"class", "words"}, {"id", id}, {"lang", value["lang"].as_string()}}, value["text"].as_string());
    }
  }

  void refs(const json::Value& value) {
    bool first = true;
    for (const auto& ref : value["clauses"].items()) {
      piece(first);
      element("button", {{"type", "button"}, {"class", "ref"}, {"data-clause", ref["id"].as_string()}}, ref["label"].as_string());
    }
  }

  void rest(const json::Value& value, bool& first) {
    for (const auto& mark : value["marks"].items()) {
      piece(first);
      element("small", {{"class", "mark"}}, mark.as_string());
    }
    if (value.has("note")) {
      piece(first);
      element("span", {{"class", "note"}}, value["note"].as_string());
    }
    if (value.has("clauses")) {
      piece(first);
      open("span", {{"class", "refs"}});
      refs(value);
      close("span");
    }
  }

  void inline_of(const json::Value& value) {
    bool first = true;
    label(value, first);
    words(value, first);
    rest(value, first);
  }

  static bool has_inline(const json::Value& value) {
    return value.has("label") || value["text"].is_string() || value.has("marks") || value.has("note") || value.has("clauses");
  }

  void head(const json::Value& value) {
    if (!has_inline(value)) return;
    open("p", {{"class", "head"}});
    inline_of(value);
    close("p");
  }

  void children(const json::Value& value) {
    for (const auto& child : value["children"].items()) node(child);
  }

  void body(const json::Value& value) {
    if (!value.has("children")) return;
    open("div", {{"class", "body"}});
    children(value);
    close("div");
  }

  void section(const json::Value& value) {
    const std::string& title = value["title"].as_string();
    const std::string& name = value["id"].as_string();
    const std::string& tone = value["tone"].as_string();
    if (title.empty()) {
      open("div", {{"class", "section"}, {"data-tone", tone}, {"data-id", name}});
      children(value);
      close("div");
      return;
    }
    const std::string id = next_id();
    open("section", {{"class", "section"}, {"data-tone", tone}, {"data-id", name}, {"aria-labelledby", id}});
    element(heading(), {{"id", id}}, title);
    ++level_;
    children(value);
    --level_;
    close("section");
  }

  void line(const json::Value& value) {
    const Attribute tone{"data-tone", value["tone"].as_string()};
    const Attribute id{"data-id", value["id"].as_string()};
    if (!value.has("children")) {
      open("p", {{"class", "line"}, tone, id});
      inline_of(value);
      close("p");
      return;
    }
    open("details", {{"class", "line"}, tone, id});
    open("summary", {});
    bool first = true;
    label(value, first);
    words(value, first);
    numbers(value["clauses"].items(), first);
    close("summary");
    body(value);
    close("details");
  }

  void numbers(const std::vector<json::Value>& clauses, bool& first) {
    constexpr std::size_t k_shown = 3;
    if (clauses.empty()) return;
    std::string text;
    for (std::size_t i = 0; i < clauses.size() && i < k_shown; ++i) {
      if (i != 0) text += ", ";
      text += clauses[i]["label"].as_string();
    }
    if (clauses.size() > k_shown) text += " …";
    piece(first);
    element("small", {{"class", "nums"}}, text);
  }

  void toggle(const json::Value& value) {
    const std::string& scope = value["scope"].as_string();
    const bool plain = scope == "category" || scope == "form";
    const bool locked = value["locked"].as_bool();
    const bool described = value["text"].is_string();
    const std::string id = described ? next_id() : std::string();
    open("div", {{"class", "switch"}, {"data-tone", value["tone"].as_string()}});
    open("label", {{"class", "head"}});
    open("input", {{"type", "checkbox"}, {"role", plain ? "" : "switch"}, {"part", "switch"}, {"data-scope", scope}, {"data-id", value["id"].as_string()},
                   {"aria-describedby", id}, {"checked", locked ? "checked" : ""}, {"disabled", locked ? "disabled" : ""}});
    bool first = false;
    label(value, first);
    close("label");
    if (described || value.has("marks") || value.has("note") || value.has("clauses")) {
      open("p", {{"class", "head"}});
      first = true;
      words(value, first, id);
      rest(value, first);
      close("p");
    }
    body(value);
    close("div");
  }

  void block(std::string_view tag, std::string_view kind, const json::Value& value) {
    open(tag, {{"class", kind}, {"data-tone", value["tone"].as_string()}, {"data-id", value["id"].as_string()}, {"data-locked", value["locked"].as_bool() ? "true" : ""}});
    head(value);
    body(value);
    close(tag);
  }

  void paragraph(std::string_view tag, std::string_view kind, const json::Value& value) {
    open(tag, {{"class", kind}, {"data-tone", value["tone"].as_string()}, {"data-id", value["id"].as_string()}});
    inline_of(value);
    close(tag);
  }

  void node(const json::Value& value) {
    const std::string& kind = value["kind"].as_string();
    if (kind == "section") return section(value);
    if (kind == "line") return line(value);
    if (kind == "switch") return toggle(value);
    if (kind == "text" || kind == "link") return paragraph("p", kind, value);
    if (kind == "item") return block("li", kind, value);
    if (kind == "quote") return block("blockquote", kind, value);
    if (kind == "row" || kind == "finding") return block("div", kind, value);
    if (kind == "clause") {
      const auto level = value["level"].as_integer();
      return paragraph(level == 1 || level == 2 ? heading() : "p", kind, value);
    }
    if (kind == "list") {
      open("ul", {{"class", kind}});
      children(value);
      return close("ul");
    }
    if (kind == "actions") {
      open("div", {{"class", kind}, {"role", "group"}});
      children(value);
      return close("div");
    }
    if (kind == "button") {
      return element("button",
                     {{"type", "button"}, {"part", value["part"].as_string()}, {"data-action", value["action"].as_string()},
                      {"data-target", value["target"].as_string()}, {"data-weight", value["weight"].as_string()}},
                     value["text"].as_string());
    }
    if (kind == "close") {
      open("button", {{"type", "button"}, {"class", kind}, {"data-action", kind}, {"aria-label", value["text"].as_string()}});
      open("span", {{"aria-hidden", "true"}});
      out_ += "\xC3\x97";  // ×
      close("span");
      close("button");
    }
  }

  std::string out_;
  std::string layer_;
  int level_ = 3;
  std::int64_t ids_ = 0;
};

}  // namespace

std::string html(const json::Value& tree) {
  Writer writer;
  return tree.has("kind") ? writer.one(tree) : writer.root(tree);
}

}  // namespace kelisim::view
