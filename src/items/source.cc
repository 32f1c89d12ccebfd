// SPDX-License-Identifier: Apache-2.0
// Which source has which reader.
#include "items/source.h"

#include "items/directory.h"
#include "items/file.h"
#include "items/glob.h"
#include "items/inline.h"
#include "items/product.h"
#include "items/variable.h"

namespace indexrun::items {

LineRules rules_of(const Spec& spec) {
  return {.skip_blank = spec.skip_blank, .comments = spec.comments, .header = spec.header};
}

Result<std::unique_ptr<Reader>> open_source(const Spec& spec, const Environment& environment) {
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
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .problem = "no items are given",
               .hint =
                   "name them with --items a,b,c, --items-file, --items-dir, --items-env, --range, "
                   "--param or "
                   "--glob"};
}

}  // namespace indexrun::items
