// SPDX-License-Identifier: Apache-2.0
// The cutter knows every option's arity from the table; that is all it takes to find COMMAND.
#include "options/cut.h"

#include "base/near_miss.h"
#include "base/quote.h"
#include "options/presets.h"
#include "options/setting.h"

#include <algorithm>
#include <string>
#include <utility>

namespace indexrun::options {

namespace {

class Cutter {
 public:
  Cutter(std::span<const std::string_view> words, Level level) : words_(words), level_(level) {}

  void take_subcommand() {
    if (words_.empty()) {
      return;
    }
    if (const auto found = find_subcommand(words_[0])) {
      cut_.subcommand = *found;
      cut_.named = true;
      ++at_;
    }
  }
  void assume(Subcommand subcommand) { cut_.subcommand = subcommand; }

  Cut run() && {
    cut_.occurrences.reserve(words_.size() - at_);
    while (at_ < words_.size()) {
      const std::string_view word = words_[at_];
      if (word == "--") {
        cut_.dashes = true;
        ++at_;
        break;
      }
      if (word.size() < 2 || word[0] != '-') {
        break;
      }
      ++at_;
      if (word[1] == '-') {
        take_long(word.substr(2));
      } else {
        take_short(word.substr(1));
      }
    }
    cut_.command = at_;
    return std::move(cut_);
  }

 private:
  void take_long(std::string_view word) {
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const Option* option = find_option(name);
    if (option == nullptr) {
      unknown("--" + std::string(name));
      return;
    }
    std::optional<std::string_view> attached;
    if (equals != std::string_view::npos) {
      attached = word.substr(equals + 1);
    }
    take(*option, attached);
  }

  /// A group of letters: flags, and at the end perhaps one that takes a value.
  void take_short(std::string_view letters) {
    for (std::size_t i = 0; i < letters.size(); ++i) {
      const Option* option = find_option(letters[i]);
      if (option == nullptr) {
        unknown("-" + std::string(letters.substr(i)));
        return;
      }
      const std::string_view rest = letters.substr(i + 1);
      if (option->arity() > 0) {
        take(*option, rest.empty() ? std::nullopt : std::optional(rest));
        return;
      }
      take(*option, std::nullopt);
    }
  }

  void take(const Option& option, std::optional<std::string_view> attached) {
    Occurrence occurrence{.option = &option, .values = {}};
    if (attached && option.arity() == 0) {
      fail(name_of(option), "takes no value, found " + quote(*attached), "leave out the '='");
      return;
    }
    if (option.id == Id::kConfine && asks_to_explain(attached)) {
      return;
    }
    for (std::size_t i = 0; i < option.arity(); ++i) {
      if (i == 0 && attached) {
        occurrence.values[i] = *attached;
      } else if (at_ < words_.size()) {
        occurrence.values[i] = words_[at_++];
      } else {
        fail(name_of(option), missing(option));
        return;
      }
    }
    add(occurrence);
  }

  /// Takes note of a --confine of show. Whether it stands without a value.
  bool asks_to_explain(std::optional<std::string_view> attached) {
    if (cut_.subcommand != Subcommand::kShow || level_ != Level::kCommandLine) {
      return false;
    }
    cut_.explain = true;
    const bool alone =
        !attached &&
        (at_ == words_.size() || std::ranges::find(kPresets, words_[at_]) == std::end(kPresets));
    cut_.explain_alone = cut_.explain_alone || alone;
    return alone;
  }

  void add(const Occurrence& occurrence) {
    const Option& option = *occurrence.option;
    const bool help = option.id == Id::kHelp;
    if (help || option.id == Id::kVersion) {
      ask(option, help ? Subcommand::kHelp : Subcommand::kVersion);
      return;
    }
    if (option.belongs_to(cut_.subcommand)) {
      cut_.occurrences.push_back(occurrence);
    } else if (level_ == Level::kCommandLine) {
      fail(name_of(option),
           std::string("is not an option of ").append(subcommand_name(cut_.subcommand)),
           "it belongs to " + subcommands_of(option));
    }
  }

  void ask(const Option& option, Subcommand what) {
    if (level_ == Level::kVariable) {
      fail(name_of(option), "stands in a variable, expected on the command line only");
    } else if (!cut_.asked) {
      cut_.asked = what;
    }
  }

  void unknown(std::string shown) {
    std::vector<std::string_view> names;
    for (const Option& row : table()) {
      if (level_ == Level::kVariable || row.belongs_to(cut_.subcommand)) {
        names.push_back(row.name);
      }
    }
    std::string hint;
    const std::size_t dashes = shown.find_first_not_of('-');
    const auto near =
        near_miss(std::string_view(shown).substr(std::min(dashes, shown.size())), names);
    if (near) {
      hint = std::string("did you mean --").append(*near).append("?");
    } else if (level_ == Level::kCommandLine) {
      hint = "'indexrun " + std::string(subcommand_name(cut_.subcommand)) +
             " --help' lists the options; write -- before a program of such a name";
    }
    fail(std::move(shown), "unknown option", std::move(hint));
  }

  static std::string name_of(const Option& option) { return std::string("--").append(option.name); }

  static std::string missing(const Option& option) {
    if (option.arity() == 1) {
      return std::string("has no value, expected ").append(option.values[0]);
    }
    return std::string("has too few values, expected ")
        .append(option.values[0])
        .append(" and ")
        .append(option.values[1]);
  }

  void fail(std::string object, std::string problem, std::string hint = {}) {
    if (cut_.error) {
      return;
    }
    if (level_ == Level::kVariable) {
      object.insert(0, std::string(kOptionsVariable) + ": ");
    }
    cut_.error = usage_error(std::move(object), std::move(problem), std::move(hint));
  }

  std::span<const std::string_view> words_;
  Level level_;
  std::size_t at_ = 0;
  Cut cut_;
};

}  // namespace

Cut cut(std::span<const std::string_view> words) {
  Cutter cutter(words, Level::kCommandLine);
  cutter.take_subcommand();
  return std::move(cutter).run();
}

Cut cut_variable(std::span<const std::string_view> words, Subcommand subcommand) {
  Cutter cutter(words, Level::kVariable);
  cutter.assume(subcommand);
  Cut result = std::move(cutter).run();
  if (!result.error && (result.dashes || result.command < words.size())) {
    const std::string_view found = result.dashes ? "--" : words[result.command];
    result.error =
        usage_error(kOptionsVariable, "found " + quote(found) + ", expected options only",
                    "COMMAND stands on the command line or in the file of --config");
  }
  return result;
}

}  // namespace indexrun::options
