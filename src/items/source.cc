// SPDX-License-Identifier: Apache-2.0
// Which source has which reader.
#include "items/source.h"

#include "items/digested.h"
#include "items/directory.h"
#include "items/file.h"
#include "items/glob.h"
#include "items/inline.h"
#include "items/product.h"
#include "items/variable.h"

#include <utility>

namespace indexrun::items {
namespace {

/// Text that is read from front to back. Numbers, paths and files are not read before they are
/// asked for.
bool is_text(const Source& source) {
  return std::holds_alternative<Inline>(source) || std::holds_alternative<File>(source) ||
         std::holds_alternative<Variable>(source) || std::holds_alternative<Commands>(source);
}

bool digest_wanted(const Spec& spec, const Reader& reader) {
  return spec.expect_sha256 || spec.digesting == Digesting::kAlways ||
         (spec.digesting == Digesting::kIfRead && is_text(spec.source)) ||
         (spec.digesting == Digesting::kIfShort && is_text(spec.source) && reader.is_short());
}

}  // namespace

LineRules rules_of(const Spec& spec) {
  return {.skip_blank = spec.skip_blank, .comments = spec.comments, .header = spec.header};
}

Result<std::unique_ptr<Reader>> open_undigested(const Spec& spec, const Environment& environment) {
  const LineRules rules = rules_of(spec);
  if (const auto* given = std::get_if<Inline>(&spec.source)) {
    return open_inline(given->items);
  }
  if (const auto* file = std::get_if<File>(&spec.source)) {
    return open_list(*file, rules);
  }
  if (const auto* directory = std::get_if<Directory>(&spec.source)) {
    return open_directory(directory->path);
  }
  if (const auto* variable = std::get_if<Variable>(&spec.source)) {
    return open_variable(*variable, environment, rules);
  }
  if (const auto* range = std::get_if<Range>(&spec.source)) {
    return open_range(*range);
  }
  if (const auto* product = std::get_if<Product>(&spec.source)) {
    return open_product(*product);
  }
  if (const auto* glob = std::get_if<Glob>(&spec.source)) {
    return open_glob(glob->pattern);
  }
  if (const auto* commands = std::get_if<Commands>(&spec.source)) {
    return open_list(*commands, rules);
  }
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .problem = "no items are given",
               .hint =
                   "name them with --items a,b,c, --items-file, --items-dir, --items-env, --range, "
                   "--param, --glob or --commands-file"};
}

std::unique_ptr<Reader> with_digest(const Spec& spec, std::unique_ptr<Reader> reader) {
  return digest_wanted(spec, *reader) ? digested(std::move(reader), spec.expect_sha256)
                                      : std::move(reader);
}

Result<std::unique_ptr<Reader>> open_source(const Spec& spec, const Environment& environment) {
  TRY(auto reader, open_undigested(spec, environment));
  return with_digest(spec, std::move(reader));
}

}  // namespace indexrun::items
