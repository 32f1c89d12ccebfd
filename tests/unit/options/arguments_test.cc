// SPDX-License-Identifier: Apache-2.0
#include "options/arguments.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::options {
namespace {

using testing::HasSubstr;
using testing::Not;

// Everything that means something to CLI11, to printf, to a shell or to a reader of INI files.
constexpr std::string_view kTricky[] = {
    "",    "-",   "--",    "---",  "-x",   "--x",      "--index", "--help", "-h",  "-V",  "--x=y",
    "=",   "=x",  "[",     "]",    "[]",   "[a,b]",    "[[a]]",   "a,b",    ",",   "{}",  "{a}",
    "%%",  "%d",  "%",     "++",   "+",    "@",        "@file",   "\"a\"",  "'a'", "\"",  "'",
    "`a`", "a b", " a ",   " ",    "\t",   "\n",       "a\nb",    "#a",     ";a",  "/a",  "/help",
    "\\",  "\\n", "$HOME", "${a}", "true", "false",    "on",      "1",      "-1",  "run", "stage",
    "~",   "!a",  "*",     "?",    "a:b",  "\xc3\xa9", "\xff",    "\x01",   "NUL",
};

/// Cuts and parses "--NAME V [V2]" and says what came out.
std::vector<Setting> settings_of(const std::vector<std::string_view>& words, std::size_t& end) {
  const Cut line = cut(words);
  EXPECT_FALSE(line.error) << line.error->message();
  end = line.command;
  std::vector<Setting> settings;
  const auto parsed = parse_arguments(line.occurrences, Level::kCommandLine, settings);
  EXPECT_TRUE(parsed) << parsed.error().message();
  return settings;
}

std::string_view a_subcommand_of(const Option& option) {
  for (const Subcommand one : {Subcommand::kRun, Subcommand::kStage, Subcommand::kShow,
                               Subcommand::kCount, Subcommand::kSeccomp}) {
    if (option.belongs_to(one)) {
      return subcommand_name(one);
    }
  }
  return {};
}

TEST(Arguments, EveryValueOfEveryOptionIsVerbatim) {
  for (const Option& option : table()) {
    if (option.arity() == 0) {
      continue;
    }
    const std::string name = std::string("--").append(option.name);
    const std::string letter = std::string("-") + option.letter;
    for (const std::string_view value : kTricky) {
      const std::string attached = (name + "=").append(value);
      const std::string attached_letter = letter + std::string(value);
      std::vector<std::vector<std::string_view>> forms{{name, value}, {attached}};
      if (option.letter != 0) {
        forms.push_back({letter, value});
        if (!value.empty()) {
          forms.push_back({attached_letter});
        }
      }
      for (std::vector<std::string_view>& words : forms) {
        words.insert(words.begin(), a_subcommand_of(option));
        if (option.arity() == 2) {
          words.push_back(value);
        }
        const std::size_t length = words.size();
        words.push_back("rev");
        std::size_t end = 0;
        const std::vector<Setting> settings = settings_of(words, end);
        ASSERT_EQ(settings.size(), 1U) << name << " " << value;
        EXPECT_EQ(settings[0].option, &option);
        EXPECT_EQ(settings[0].values[0], value) << name;
        EXPECT_EQ(settings[0].values[1], option.arity() == 2 ? value : "") << name;
        EXPECT_EQ(end, length) << name << " " << value;
      }
    }
  }
}

TEST(Arguments, ManyOptionsKeepTheirOrderAndTheirValues) {
  std::vector<std::string_view> words;
  for (const std::string_view value : kTricky) {
    words.insert(words.end(),
                 {"--item", value, "--write-text", value, value, "-v", "--items", value});
  }
  std::size_t end = 0;
  const std::vector<Setting> settings = settings_of(words, end);
  ASSERT_EQ(settings.size(), 4 * std::size(kTricky));
  for (std::size_t i = 0; i < std::size(kTricky); ++i) {
    EXPECT_EQ(settings[4 * i].id(), Id::kItem);
    EXPECT_EQ(settings[4 * i].value(), kTricky[i]);
    EXPECT_EQ(settings[4 * i + 1].values[1], kTricky[i]);
    EXPECT_EQ(settings[4 * i + 2].id(), Id::kVerbose);
    EXPECT_EQ(settings[4 * i + 2].value(), "") << "flags have no value";
    EXPECT_EQ(settings[4 * i + 3].id(), Id::kItems);
    EXPECT_EQ(settings[4 * i + 3].value(), kTricky[i]);
  }
}

constexpr Subcommand kAll[] = {Subcommand::kRun, Subcommand::kStage, Subcommand::kShow,
                               Subcommand::kCount, Subcommand::kInstall};

TEST(Help, ListsExactlyTheOptionsOfTheSubcommand) {
  for (const Subcommand subcommand : kAll) {
    const std::string text = help(subcommand, true);
    for (const Option& option : table()) {
      const std::string name = std::string(" --").append(option.name);
      bool listed = false;
      for (std::size_t at = text.find(name); at != std::string::npos;
           at = text.find(name, at + 1)) {
        const char after = text[at + name.size()];
        const std::size_t line = text.rfind('\n', at) + 1;
        listed = listed || ((after == ' ' || after == '\n') && at - line <= 6);
      }
      EXPECT_EQ(listed, option.belongs_to(subcommand))
          << subcommand_name(subcommand) << name << "\n"
          << text;
    }
  }
}

TEST(Help, FitsEightyColumns) {
  for (const Subcommand subcommand : kAll) {
    for (const bool named : {true, false}) {
      std::string_view text;
      const std::string whole = help(subcommand, named);
      for (text = whole; !text.empty();) {
        const std::size_t end = text.find('\n');
        ASSERT_NE(end, std::string_view::npos) << "the last line ends with a newline";
        EXPECT_LE(end, 80U) << text.substr(0, end);
        EXPECT_FALSE(end > 0 && text[end - 1] == ' ') << text.substr(0, end);
        text.remove_prefix(end + 1);
      }
      EXPECT_THAT(whole, Not(HasSubstr("\n\n\n")));
    }
  }
}

TEST(Help, SaysUsageAndExamples) {
  EXPECT_THAT(help(Subcommand::kRun, true),
              HasSubstr("Usage: indexrun [run] [OPTIONS] [--] COMMAND"));
  EXPECT_THAT(help(Subcommand::kRun, false), HasSubstr("indexrun install PATH"));
  EXPECT_THAT(help(Subcommand::kCount, true), HasSubstr("Examples:\n  indexrun count"));
  EXPECT_THAT(help(Subcommand::kRun, true), HasSubstr("  -i, --index N"));
  EXPECT_THAT(help(Subcommand::kRun, true), HasSubstr("      --write-text PATH TEMPLATE"));
}

}  // namespace
}  // namespace indexrun::options
