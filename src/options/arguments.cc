// SPDX-License-Identifier: Apache-2.0
// All of CLI11 is in here. Values reach it as whole words after "--name" and are taken with exactly
// one value for each option, which is the one way that CLI11 leaves "--", "[a,b]" and the empty
// text alone; options of two values never come here.
#include "options/arguments.h"

#include "options/manual.h"

#include <memory>
#include <utility>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace indexrun::options {

namespace {

/// An App without CLI11's own --help, which the cutter has answered already.
class Parser : public CLI::App {
 public:
  Parser() : CLI::App(std::string(), std::string(), nullptr) {}

  CLI::Option* add(const Option& option, std::string names) {
    CLI::Option* added = add_option(std::move(names), CLI::callback_t());
    if (option.arity() == 0) {
      added->type_size(0)->expected(0);
    }
    return added->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  }
};

/// An option that occurs, and how many of its results were handed on.
struct Known {
  const Option* option;
  CLI::Option* parsed;
  std::size_t next;
};

Known& known(Parser& parser, std::vector<Known>& all, const Option& option) {
  for (Known& one : all) {
    if (one.option == &option) {
      return one;
    }
  }
  return all.emplace_back(
      Known{&option, parser.add(option, std::string("--").append(option.name)), 0});
}

void parse(std::span<const Occurrence> occurrences, Level level, std::vector<Setting>& settings) {
  Parser parser;
  std::vector<Known> all;
  all.reserve(occurrences.size());
  std::vector<std::string> words;  // CLI11 takes them from the back
  words.reserve(2 * occurrences.size());
  for (auto one = occurrences.rbegin(); one != occurrences.rend(); ++one) {
    const Option& option = *one->option;
    if (option.arity() > 1) {
      continue;
    }
    known(parser, all, option);
    if (option.arity() == 1) {
      words.emplace_back(one->values[0]);
    }
    words.emplace_back("--").append(option.name);
  }
  parser.parse(std::move(words));
  settings.reserve(settings.size() + occurrences.size());
  for (const Occurrence& one : occurrences) {
    Setting& setting = settings.emplace_back();
    setting.option = one.option;
    setting.level = level;
    if (one.option->arity() > 1) {
      setting.values = {std::string(one.values[0]), std::string(one.values[1])};
    } else if (one.option->arity() == 1) {
      Known& from = known(parser, all, *one.option);
      setting.values[0] = from.parsed->results().at(from.next++);
    }
  }
}

constexpr std::size_t kWidth = 80;
constexpr std::size_t kColumn = 28;

/// Breaks at blanks so that each line has at most `width` columns.
std::string wrap(std::string_view text, std::size_t width) {
  std::string lines;
  while (text.size() > width) {
    const std::size_t blank = text.rfind(' ', width);
    if (blank == std::string_view::npos) {
      break;
    }
    lines.append(text.substr(0, blank)).append("\n");
    text.remove_prefix(blank + 1);
  }
  return lines.append(text);
}

class Layout : public CLI::Formatter {
 public:
  Layout() { column_width(kColumn); }

  [[nodiscard]] std::string make_usage(const CLI::App* app, std::string /*name*/) const override {
    return app->get_name() + "\n";
  }
  [[nodiscard]] std::string make_group(std::string group, bool positional,
                                       std::vector<const CLI::Option*> options) const override {
    std::string text = std::move(group) + ":\n";
    for (const CLI::Option* one : options) {
      text += make_option(one, positional);
    }
    return text;
  }
  [[nodiscard]] std::string make_option_name(const CLI::Option* option,
                                             bool /*positional*/) const override {
    const std::string text = option->get_name(false, true);
    const std::size_t comma = text.find(',');
    return comma == std::string::npos ? "    " + text
                                      : text.substr(0, comma) + ", " + text.substr(comma + 1);
  }
};

std::string values_of(const Option& option) {
  std::string text;
  for (std::size_t i = 0; i < option.arity(); ++i) {
    text.append(i == 0 ? "" : " ").append(option.values[i]);
  }
  return text;
}

std::string usage(Subcommand subcommand, bool named) {
  if (named) {
    return std::string("Usage: indexrun ").append(manual(subcommand).usage).append("\n");
  }
  std::string text = "Usage:\n";
  for (const Subcommand one : {Subcommand::kRun, Subcommand::kStage, Subcommand::kShow,
                               Subcommand::kCount, Subcommand::kInstall, Subcommand::kSeccomp}) {
    text.append("  indexrun ").append(manual(one).usage).append("\n");
  }
  text += "\n'indexrun SUBCOMMAND --help' tells about one; these are the options of run.\n";
  return text;
}

std::string examples(Subcommand subcommand) {
  std::string text = "Examples:\n";
  std::string_view lines = manual(subcommand).examples;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n') + 1;
    text.append("  ").append(lines.substr(0, end));
    lines.remove_prefix(end);
  }
  text.pop_back();
  return text;
}

}  // namespace

Result<void> parse_arguments(std::span<const Occurrence> occurrences, Level level,
                             std::vector<Setting>& settings) {
  if (occurrences.empty()) {
    return {};
  }
  try {
    parse(occurrences, level, settings);
  } catch (const std::exception& failure) {
    return usage_error("command line", failure.what());
  }
  return {};
}

std::string help(Subcommand subcommand, bool named) {
  Parser app;
  app.formatter(std::make_shared<Layout>());
  app.name(usage(subcommand, named));
  app.description("indexrun: " + wrap(manual(subcommand).purpose, kWidth - 10) + "\n");
  for (const Option& option : table()) {
    if (!option.belongs_to(subcommand)) {
      continue;
    }
    std::string names = std::string("--").append(option.name);
    if (option.letter != 0) {
      names = std::string("-") + option.letter + "," + names;
    }
    app.add(option, std::move(names))
        ->group(std::string(group_title(option.group)))
        ->option_text(values_of(option))
        ->description(wrap(option.help, kWidth - kColumn));
  }
  app.footer(examples(subcommand));
  return app.help();
}

}  // namespace indexrun::options
