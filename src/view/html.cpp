// Writes a tree as HTML text; html.hpp says which elements.
#include "view/html.hpp"

#include "core/encoding.hpp"
#include "view/href.hpp"

namespace kelisim::view {
namespace {

using json::Value;

enum class Inside : std::uint8_t { inline_pieces, head_and_body, children };

/// Kinds whose element is <tag class="kind" …> and no more.
struct Plain {
  const char* kind;
  const char* tag;
  Inside inside;
};

constexpr Plain k_plain[] = {
    {"text", "p", Inside::inline_pieces},  {"link", "p", Inside::inline_pieces},
    {"item", "li", Inside::head_and_body}, {"quote", "blockquote", Inside::head_and_body},
    {"row", "div", Inside::head_and_body}, {"finding", "div", Inside::head_and_body},
    {"list", "ul", Inside::children},      {"actions", "div", Inside::children}};

class Writer {
 public:
  std::string write(const Value& tree) {
    if (tree.has("kind")) {
      node(tree);
    } else {
      layer_ = tree["layer"].as_string();
      raw("<section class=\"layer\"");
      member(tree, "part", "layer");
      member(tree, "data-layer", "layer");
      member(tree, "lang", "lang");
      member(tree, "dir", "dir");
      titled(tree, "h2");
      children(tree);
      raw("</section>");
    }
    return std::move(out_);
  }

 private:
  void raw(const char* html) { out_ += html; }

  void escape(const std::string& text) {
    for (const char c : text) {
      const char* entity = c == '&'    ? "&amp;"
                           : c == '<'  ? "&lt;"
                           : c == '>'  ? "&gt;"
                           : c == '"'  ? "&quot;"
                           : c == '\'' ? "&#39;"
                                       : nullptr;
      if (entity == nullptr) {
        out_ += c;
      } else {
        raw(entity);
      }
    }
  }

  void attribute(const char* name, const std::string& value) {
    if (value.empty()) return;
    out_ += ' ';
    raw(name);
    raw("=\"");
    escape(value);
    out_ += '"';
  }

  void member(const Value& value, const char* name, const char* key) {
    attribute(name, value[key].as_string());
  }

  void end_tag(const char* tag) {
    raw("</");
    raw(tag);
    out_ += '>';
  }

  /// Ends a start tag that is named by its title, and writes the title.
  void titled(const Value& value, const char* heading) {
    const std::string id = next_id();
    attribute("aria-labelledby", id);
    raw("><");
    raw(heading);
    attribute("id", id);
    member(value, "lang", "title_lang");
    out_ += '>';
    escape(value["title"].as_string());
    end_tag(heading);
  }

  std::string next_id() { return "k-" + layer_ + '-' + to_text(++ids_); }

  /// A space before all pieces but the first.
  void piece(const char* html) {
    if (!first_) out_ += ' ';
    first_ = false;
    raw(html);
  }

  void piece(const char* html, const std::string& text, const char* tag) {
    piece(html);
    escape(text);
    end_tag(tag);
  }

  /// One of a node's own texts, with its language where that is another.
  void piece(const char* html, const Value& value, const char* key, const char* lang_key,
             const char* tag) {
    if (!value.has(key)) return;
    piece(html);
    member(value, "lang", lang_key);
    out_ += '>';
    escape(value[key].as_string());
    end_tag(tag);
  }

  void label(const Value& value) { piece("<b class=\"label\"", value, "label", "label_lang", "b"); }

  void words(const Value& value, const std::string& id = {}) {
    if (!value["text"].is_string()) return;
    const std::string& href = value["href"].as_string();
    const bool linked = is_safe_href(href);
    piece(linked ? "<a" : "<span class=\"words\"");
    if (linked) {
      attribute("href", href);
      member(value, "data-rel", "rel");
      if (href.starts_with("https:")) raw(" target=\"_blank\" rel=\"noopener noreferrer\"");
    } else {
      attribute("id", id);
    }
    member(value, "lang", "lang");
    out_ += '>';
    escape(value["text"].as_string());
    end_tag(linked ? "a" : "span");
  }

  void rest(const Value& value) {
    for (const auto& mark : value["marks"].items())
      piece("<small class=\"mark\">", mark.as_string(), "small");
    piece("<span class=\"note\"", value, "note", "note_lang", "span");
    if (!value.has("clauses")) return;
    piece("<span class=\"refs\">");
    first_ = true;
    for (const auto& ref : value["clauses"].items()) {
      piece("<button type=\"button\" class=\"ref\"");
      member(ref, "data-clause", "id");
      member(ref, "aria-label", "name");
      out_ += '>';
      escape(ref["label"].as_string());
      raw("</button>");
    }
    raw("</span>");
  }

  void inline_pieces(const Value& value) {
    first_ = true;
    label(value);
    words(value);
    rest(value);
  }

  void children(const Value& value) {
    for (const auto& child : value["children"].items()) node(child);
  }

  void body(const Value& value) {
    if (!value.has("children")) return;
    raw("<div class=\"body\">");
    children(value);
    raw("</div>");
  }

  static bool has_rest(const Value& value) {
    return value["text"].is_string() || value.has("marks") || value.has("note") ||
           value.has("clauses");
  }

  /// <tag class="kind" and what is common to such elements, up to its ">".
  void start(const char* tag, const Value& value) {
    out_ += '<';
    raw(tag);
    member(value, "class", "kind");
    member(value, "data-tone", "tone");
    member(value, "data-id", "id");
  }

  void plain(const Plain& as, const Value& value) {
    start(as.tag, value);
    if (value["locked"].as_bool()) raw(" data-locked=\"true\"");
    if (value["kind"].as_string() == "actions") raw(" role=\"group\"");
    out_ += '>';
    if (as.inside == Inside::inline_pieces) inline_pieces(value);
    if (as.inside == Inside::children) children(value);
    if (as.inside == Inside::head_and_body) {
      if (value.has("label") || has_rest(value)) {
        raw("<p class=\"head\">");
        inline_pieces(value);
        raw("</p>");
      }
      body(value);
    }
    end_tag(as.tag);
  }

  void section(const Value& value) {
    const bool named = value.has("title");
    const char* tag = named ? "section" : "div";
    start(tag, value);
    if (named) {
      titled(value, heading());
      ++level_;
    } else {
      out_ += '>';
    }
    children(value);
    if (named) --level_;
    end_tag(tag);
  }

  [[nodiscard]] const char* heading() const {
    constexpr const char* k_headings[] = {"h3", "h4", "h5", "h6"};
    return k_headings[level_ < 3 ? level_ : 3];
  }

  void line(const Value& value) {
    const bool opens = value.has("children");
    const char* tag = opens ? "details" : "p";
    start(tag, value);
    out_ += '>';
    if (opens) {
      raw("<summary>");
      first_ = true;
      label(value);
      words(value);
      numbers(value["clauses"].items());
      raw("</summary>");
      body(value);
    } else {
      inline_pieces(value);
    }
    end_tag(tag);
  }

  void numbers(const std::vector<Value>& clauses) {
    constexpr std::size_t k_shown = 3;
    if (clauses.empty()) return;
    std::string text;
    std::string before;
    std::size_t shown = 0;
    for (const auto& clause : clauses) {
      const std::string& label = clause["label"].as_string();
      // Several titles are one word.
      if (label == before) continue;
      before = label;
      if (++shown > k_shown) break;
      if (shown > 1) text += ", ";
      text += label;
    }
    if (shown > k_shown) text += " …";
    piece("<small class=\"nums\">", text, "small");
  }

  void toggle(const Value& value) {
    const std::string& scope = value["scope"].as_string();
    const std::string id = value["text"].is_string() ? next_id() : std::string();
    raw("<div class=\"switch\"");
    member(value, "data-tone", "tone");
    raw("><label class=\"head\"><input type=\"checkbox\"");
    if (scope != "category" && scope != "form") raw(" role=\"switch\"");
    raw(" part=\"switch\"");
    attribute("data-scope", scope);
    member(value, "data-id", "id");
    attribute("aria-describedby", id);
    if (value["locked"].as_bool()) raw(" checked=\"\" disabled=\"\"");
    out_ += '>';
    first_ = false;
    label(value);
    raw("</label>");
    if (has_rest(value)) {
      raw("<p class=\"head\">");
      first_ = true;
      words(value, id);
      rest(value);
      raw("</p>");
    }
    body(value);
    raw("</div>");
  }

  void button(const Value& value) {
    raw("<button type=\"button\"");
    member(value, "part", "part");
    member(value, "data-action", "action");
    member(value, "data-target", "target");
    member(value, "data-weight", "weight");
    out_ += '>';
    escape(value["text"].as_string());
    raw("</button>");
  }

  void close(const Value& value) {
    raw("<button type=\"button\" class=\"close\" data-action=\"close\"");
    member(value, "aria-label", "text");
    raw("><span aria-hidden=\"true\">×</span></button>");
  }

  void node(const Value& value) {
    const std::string& kind = value["kind"].as_string();
    for (const auto& as : k_plain) {
      if (kind == as.kind) return plain(as, value);
    }
    if (kind == "section") section(value);
    if (kind == "line") line(value);
    if (kind == "switch") toggle(value);
    if (kind == "button") button(value);
    if (kind == "close") close(value);
    if (kind == "clause") {
      const bool is_heading = value["level"].as_integer() == 1 || value["level"].as_integer() == 2;
      plain({"clause", is_heading ? heading() : "p", Inside::inline_pieces}, value);
    }
  }

  std::string out_;
  std::string layer_;
  std::size_t level_ = 0;  // sections around
  std::int64_t ids_ = 0;
  bool first_ = true;
};

}  // namespace

std::string html(const json::Value& tree) { return Writer().write(tree); }

}  // namespace kelisim::view
