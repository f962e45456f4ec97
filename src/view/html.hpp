// A view tree (kelisim-view-1) as escaped HTML text. This header is the contract: web/element
// builds the same elements as DOM.
//
// Root
//   <section class="layer" part="LAYER" data-layer="LAYER" lang="…" dir="…"
//   aria-labelledby="k-LAYER-1">
//     <h2 id="k-LAYER-1" [lang]>title</h2> CHILDREN
//   </section>
//   Whether it is shown in a dialog (tree.modal) is the host's part. Ids are "k-LAYER-n", n counts
//   in the order of the text.
//
// INLINE: the pieces a node has, in this order, one space between two of them, nothing else between
// elements anywhere:
//   label    <b class="label" [lang]>…</b>; the style sheet writes the colon behind it where text
//   follows text     <span class="words" [lang="…"]>…</span> marks    <small
//   class="mark">…</small>, each note     <span class="note" [lang]>…</span> clauses  <span
//   class="refs"> buttons, one space between two </span>, each
//            <button type="button" class="ref" data-clause="ID">LABEL</button>
// BODY: <div class="body">CHILDREN</div>, only when there are children.
// HEAD: <p class="head">INLINE</p>, only when it is not empty.
//
// Nodes ([…] = only when the node has it; every class="KIND" element also has [data-tone="tone"])
//   section  <section class="section" [data-id] aria-labelledby="k-LAYER-n"><hN
//   id="k-LAYER-n" [lang]>title</hN>CHILDREN</section>
//            N = 3 plus the sections around it, at most 6; without a title <div class="section"
//            [data-id]>CHILDREN</div>
//   text     <p class="text">INLINE</p>
//   line     with children: <details class="line" data-id><summary>label, text and NUMS, one space
//   between</summary>
//              BODY</details>
//            NUMS = <small class="nums">the first three different labels in a row, ", " between, "
//            …" when there are more</small>; the buttons stand at what is inside, which names every
//            clause of the line without: <p class="line" data-id>INLINE</p>
//   list     <ul class="list">CHILDREN</ul>
//   item     <li class="item">HEAD BODY</li>
//   quote    <blockquote class="quote">HEAD BODY</blockquote>
//   link     <p class="link">INLINE</p>, where text is <a href [lang] data-rel="rel"
//   [target="_blank" rel="noopener noreferrer" when
//            https:]>text</a>; an href that is not https:, mailto: or tel: is not written, the text
//            stays <span class="words">
//   button   <button type="button" [part] data-action [data-target] [data-weight]>text</button>
//   switch   <div class="switch"><label class="head"><input type="checkbox" [role="switch"]
//   part="switch" data-scope data-id
//              [aria-describedby="k-LAYER-n"] [checked="" disabled="" when locked]> <b
//              class="label">label</b></label>
//              [<p class="head">INLINE without label; words has the id k-LAYER-n</p>]BODY</div>
//            role="switch" is left out for the scopes category (it can be mixed:
//            input.indeterminate) and form (a box to tick). Nothing is ever checked here but what
//            is locked: positions come from Engine.draft.
//   row      <div class="row" [data-id] [data-locked="true"]>HEAD BODY</div>
//   actions  <div class="actions" role="group">CHILDREN</div>
//   clause   level 1 or 2: <hN class="clause" data-id>INLINE</hN>, N as for a section here; else <p
//   class="clause" data-id>INLINE</p> finding  <div class="finding" data-id>HEAD BODY</div> close
//   <button type="button" class="close" data-action="close" aria-label="text"><span
//   aria-hidden="true">×</span></button>
//
// Parts (design, section 5): the layer's name, grant-all, refuse-all, choose, save, switch,
// withdraw-all, hold-grant, back. The floating handle (part="handle") is the shell's own button;
// its name is the locale's "handle".
#pragma once

#include <string>

#include "json/value.hpp"

namespace kelisim::view {

/// Writes a tree as HTML text, UTF-8, without white space between elements. Every text and
/// attribute value is escaped, so a hostile policy cannot add an element or an attribute;
/// `javascript:` and other schemes never become an href.
///
/// @param tree  kelisim-view-1 (view::layer made it), or one node of it (view::clause), which is
/// then written without a root.
/// @returns the text; nodes of unknown kinds are left out.
std::string html(const json::Value& tree);

}  // namespace kelisim::view
