// SPDX-License-Identifier: Apache-2.0
// Names of large directories by their place.
#include "items/nth_name.h"

#include "base/file.h"
#include "items/folder.h"
#include "temporary.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>

#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

TEST(NthName, IsThatOfTheSortedListing) {
  const Temporary folder;
  std::vector<std::string> names;
  // More than are kept, with long common beginnings, one name the beginning of another, and bytes
  // above 0x7f.
  for (std::size_t i = 0; i < kKeptNames + 500; ++i) {
    names.push_back("sample-" + std::to_string(i * 7919) + (i % 3 == 0 ? "\xc3\xa9" : ".dat"));
  }
  names.insert(names.end(), {"sample", "sample-", "sample-7", "z", "A"});
  for (const std::string& name : names) {
    static_cast<void>(folder.file(name, ""));
  }
  std::ranges::sort(names);
  const UniqueFd fd = open_file(folder.path(), O_RDONLY | O_DIRECTORY);
  for (std::size_t position = 0; position < names.size(); position += 97) {
    const NthName found = nth_name(fd.get(), position);
    ASSERT_EQ(found.error, 0);
    EXPECT_EQ(found.name, names[position]);
  }
  EXPECT_EQ(nth_name(fd.get(), 1).name, "sample");
  EXPECT_EQ(nth_name(fd.get(), names.size() - 1).name, "z");
  EXPECT_EQ(nth_name(fd.get(), names.size()).error, ENOENT);

  const auto opened = Folder::open(folder.path());
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->count(), names.size());
  EXPECT_EQ(opened->name(4000).value(), names[4000]);
  EXPECT_EQ(opened->names().value(), names);
}

}  // namespace
}  // namespace indexrun::items
