// SPDX-License-Identifier: Apache-2.0
// The modifiers, row by row as GNU parallel's replacement strings give them.
#include "templates/modifiers.h"

#include <gtest/gtest.h>

namespace indexrun::templates {
namespace {

struct Row {
  const char* description;
  std::string_view value;
  std::string_view base;
  std::string_view directory;
  std::string_view stem;
  std::string_view base_stem;
};

constexpr Row kRows[] = {
    {"a plain path", "dir/sub/file.ext", "file.ext", "dir/sub", "dir/sub/file", "file"},
    {"no directory", "file.ext", "file.ext", ".", "file", "file"},
    {"no extension", "dir/file", "file", "dir", "dir/file", "file"},
    {"two extensions lose one", "a.tar.gz", "a.tar.gz", ".", "a.tar", "a.tar"},
    {"a dot in a directory is no extension", "a.b/c", "c", "a.b", "a.b/c", "c"},
    {"a final dot is no extension", "a.", "a.", ".", "a.", "a."},
    {"a hidden file is all extension", "d/.bashrc", ".bashrc", "d", "d/", ""},
    {"absolute", "/file.c", "file.c", "/", "/file", "file"},
    {"root", "/", "", "/", "/", ""},
    {"final slash", "a/b/", "", "a", "a/b/", ""},
    {"double slashes", "a//b.c", "b.c", "a", "a//b", "b"},
    {"only slashes", "//a", "a", "/", "//a", "a"},
    {"empty", "", "", ".", "", ""},
    {"a newline is a byte like others", "a\n/b.c", "b.c", "a\n", "a\n/b", "b"},
};

TEST(Modifiers, KeepThePartsThatParallelKeeps) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.description);
    EXPECT_EQ(apply(Modifier::kNone, row.value), row.value);
    EXPECT_EQ(apply(Modifier::kBase, row.value), row.base);
    EXPECT_EQ(apply(Modifier::kDirectory, row.value), row.directory);
    EXPECT_EQ(apply(Modifier::kStem, row.value), row.stem);
    EXPECT_EQ(apply(Modifier::kBaseStem, row.value), row.base_stem);
  }
}

}  // namespace
}  // namespace indexrun::templates
