// SPDX-License-Identifier: Apache-2.0
// What is a placeholder and what is text, without any values.
#include "templates/grammar.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace indexrun::templates {
namespace {

const std::vector<items::Field> kFields = {{"color", ""}, {"my col", ""}, {"a}b", ""}};

/// Plain text as it is, placeholders as <text>, faulty ones as !text!; pieces that follow each
/// other are not told apart.
std::string cut(std::string_view text, const Style& style = {}) {
  Scanner scanner(text, style, kFields);
  std::string out;
  while (const auto piece = scanner.next()) {
    const bool fault = piece->fault != Fault::kNone;
    out += !piece->placeholder ? "" : fault ? "!" : "<";
    out += piece->text;
    out += !piece->placeholder ? "" : fault ? "!" : ">";
  }
  return out;
}

struct Row {
  const char* description;
  std::string_view text;
  std::string_view expected;
};

constexpr Row kRows[] = {
    {"nothing", "", ""},
    {"no braces", "plain $HOME text", "plain $HOME text"},
    {"a name", "a{item}b", "a<{item}>b"},
    {"two neighbours", "{item}{index}", "<{item}><{index}>"},
    {"every nameless form", "{} {#} {/} {//} {.} {/.}", "<{}> <{#}> <{/}> <{//}> <{.}> <{/.}>"},
    {"padding", "{index:%05d}{:%5s}", "<{index:%05d}><{:%5s}>"},
    {"modifier and padding", "{item/:%5s}", "<{item/:%5s}>"},
    {"a modifier after a dotted name", "{item.color.}", "<{item.color.}>"},
    {"a column", "{item.2}{item.3//}", "<{item.2}><{item.3//}>"},

    {"a shell group is copied whole", "${HOME}${item}", "${HOME}${item}"},
    {"with a default inside", "${A:-{item}}", "${A:-{item}}"},
    {"nested", "${A:-${item}}", "${A:-${item}}"},
    {"a double group", "${{item}} ${{ github.x }}", "${{item}} ${{ github.x }}"},
    {"a double group ends at the double brace", "${{ {item} }}{item}", "${{ {item} }}<{item}>"},
    {"a double group without its end is a single one", "${{item}{index}", "${{item}<{index}>"},
    {"an unfinished group", "${item", "${item"},
    {"two dollars", "$${item}", "$${item}"},
    {"a dollar apart", "$ {item}", "$ <{item}>"},
    {"a dollar at the end", "{item}$", "<{item}>$"},

    {"a doubled placeholder is literal", "{{item}}", "{item}"},
    {"doubled nameless", "{{}}{{/.}}", "{}{/.}"},
    {"doubled with padding", "{{index:%05d}}", "{index:%05d}"},
    {"doubled unknown names too", "{{indx}} {{1..3}} {{3}} {{print}}", "{indx} {1..3} {3} {print}"},
    {"doubled field with a blank", "{{my col}}", "{my col}"},
    {"three braces", "{{{item}}}", "{{item}}"},
    {"a placeholder in braces", "{ {item}}", "{ <{item}>}"},
    {"opened twice, closed once", "{{item}", "{<{item}>"},
    {"opened once, closed twice", "{item}}", "<{item}>}"},
    {"in JSON", R"({"a":{"b":{item}}})", R"({"a":{"b":<{item}>}})"},

    {"JSON", R"({"lr": 0.1})", R"({"lr": 0.1})"},
    {"awk", "{print $1}", "{print $1}"},
    {"brace list", "{a,b}", "{a,b}"},
    {"Go template", "{{.ID}} {{ .ID }} {{json .}}", "{{.ID}} {{ .ID }} {{json .}}"},
    {"JSONPath", "{.items[0]}", "{.items[0]}"},
    {"blanks", "{ item }{item }{ }{\t}", "{ item }{item }{ }{\t}"},
    {"blank in the tail", "{item/ }", "{item/ }"},
    {"newline", "{\nitem}", "{\nitem}"},
    {"digits and letters", "{3a}", "{3a}"},
    {"signs", "{-a}{+}{*}{#x}{@}", "{-a}{+}{*}{#x}{@}"},
    {"lone braces", "} { }{", "} { }{"},
    {"an unfinished placeholder", "{item", "{item"},
    {"a brace inside", "{x:{item}}", "{x:<{item}>}"},

    {"unknown name", "{indx:%05d}", "!{indx:%05d}!"},
    {"no width", "{index:%d}", "!{index:%d}!"},
    {"unknown field", "{item.colr}", "!{item.colr}!"},
    {"digits", "{3}a{0}", "!{3}!a!{0}!"},
    {"shell range", "{1..3}", "!{1..3}!"},
    {"awk print", "{print}", "!{print}!"},
    {"column 0", "{item.0}", "!{item.0}!"},
    {"column beyond the last", "{item.4}", "!{item.4}!"},
    {"unknown modifier", "{item/x}{///}{..}{./}", "!{item/x}!!{///}!!{..}!!{./}!"},
    {"format of another language", "{:.2f}{item:>10}", "!{:.2f}!!{item:>10}!"},

    {"a field", "{color}{color.}{item.color}", "<{color}><{color.}><{item.color}>"},
    {"a field with a blank", "{my col}{item.my col/:%9s}", "<{my col}><{item.my col/:%9s}>"},
    {"a field with a brace", "{a}b}", "<{a}b}>"},
    {"the start of a field's name", "{my}{my colour}", "!{my}!{my colour}"},
};

TEST(Grammar, CutsTextFromLeftToRight) {
  for (const Row& row : kRows) {
    EXPECT_EQ(cut(row.text), row.expected) << row.description;
  }
}

constexpr Row kNamedRows[] = {
    {"nameless forms are text", "{} {#} {/} {//} {.} {/.} {:%5s} {#:%3d}",
     "{} {#} {/} {//} {.} {/.} {:%5s} {#:%3d}"},
    {"and doubled ones too", "{{}} {{#}}", "{{}} {{#}}"},
    {"names are not", "{item} {number} {item/.}", "<{item}> <{number}> <{item/.}>"},
    {"unknown names are faults", "{itm} {{itm}}", "!{itm}! {itm}"},
};

TEST(Grammar, WithoutNamelessForms) {
  for (const Row& row : kNamedRows) {
    EXPECT_EQ(cut(row.text, {.nameless = false}), row.expected) << row.description;
  }
}

constexpr Row kAngleRows[] = {
    {"a name", "x=<<item>>;", "x=<<<item>>>;"},
    {"doubling is literal", "<<<<item>>>>", "<<item>>"},
    {"braces and dollars are text", "{item} ${item} $<<item>>", "{item} ${item} $<<<item>>>"},
    {"shifts are text", "1 << 3 >> 2; cout<<\"a\">>x", "1 << 3 >> 2; cout<<\"a\">>x"},
    {"one more", "<<<item>>>", "<<<<item>>>>"},
    {"unknown", "<<itm>>", "!<<itm>>!"},
    {"field with a blank", "<<my col>>", "<<<my col>>>"},
};

TEST(Grammar, WithOtherDelimiters) {
  for (const Row& row : kAngleRows) {
    EXPECT_EQ(cut(row.text, {.open = "<<", .close = ">>"}), row.expected) << row.description;
  }
}

TEST(Grammar, WithTheSameDelimiterTwice) {
  const Style style{.open = "@", .close = "@", .nameless = false};
  EXPECT_EQ(cut("@item@ a@b.c,d@e @@item@@ @@", style), "<@item@> a@b.c,d@e @item@ @@");
}

TEST(Grammar, TheExactNameOfAFieldWins) {
  const std::vector<items::Field> fields = {
      {"a", ""}, {"a.", ""}, {"item.b", ""}, {"b", ""}, {"2", ""}};
  const auto field_of = [&](std::string_view text) {
    const auto piece = Scanner(text, {}, fields).next();
    return piece && piece->reference.field ? piece->reference.field->name : "none";
  };
  EXPECT_EQ(field_of("{a}"), "a");
  EXPECT_EQ(field_of("{a.}"), "a.");
  EXPECT_EQ(field_of("{item.b}"), "item.b");
  EXPECT_EQ(field_of("{item.2}"), "2");
  EXPECT_EQ(field_of("{item.1}"), "a");
  EXPECT_EQ(field_of("{2}"), "2");
}

TEST(Grammar, NamesTheFault) {
  const std::vector<items::Field> fields = {{"index", ""}, {"color", ""}};
  const auto fault_of = [&](std::string_view text) {
    return Scanner(text, {}, fields).next()->fault;
  };
  EXPECT_EQ(fault_of("{indx}"), Fault::kUnknown);
  EXPECT_EQ(fault_of("{item.3}"), Fault::kColumn);
  EXPECT_EQ(fault_of("{color/x}"), Fault::kModifier);
  EXPECT_EQ(fault_of("{color:%d}"), Fault::kPadding);
  EXPECT_EQ(fault_of("{index}"), Fault::kAmbiguous);
  EXPECT_EQ(fault_of("{index:%3d}"), Fault::kAmbiguous);
  EXPECT_EQ(fault_of("{item.index}"), Fault::kNone);
}

TEST(Grammar, ReadsUnfinishedGroupsInOnePass) {
  std::string text;
  for (int i = 0; i < 300'000; ++i) {
    text += "${{}";
  }
  EXPECT_EQ(cut(text), text);
}

}  // namespace
}  // namespace indexrun::templates
