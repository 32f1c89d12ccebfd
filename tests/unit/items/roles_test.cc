// SPDX-License-Identifier: Apache-2.0
// From ranges to the role of a position.
#include "items/roles.h"

#include "items/list.h"
#include "items/select.h"
#include "items/share.h"

#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::HasSubstr;

constexpr std::uint64_t kEnd = UINT64_MAX;

Spec with(std::vector<Role> roles) {
  Spec spec;
  spec.roles = std::move(roles);
  return spec;
}

/// The role of a position, or the error's message.
std::string role(const Spec& spec, std::uint64_t position) {
  const auto roles = Roles::read(spec);
  if (!roles) {
    return roles.error().message();
  }
  const auto name = roles->at(position);
  return name ? *name : name.error().message();
}

TEST(Roles, AreFoundByPosition) {
  const Spec spec = with({{"worker", 1, 3}, {"master", 0, 0}, {"rest", 4, kEnd}});
  EXPECT_EQ(role(spec, 0), "master");
  EXPECT_EQ(role(spec, 1), "worker");
  EXPECT_EQ(role(spec, 3), "worker");
  EXPECT_EQ(role(spec, 4), "rest");
  EXPECT_EQ(role(spec, kEnd), "rest");
}

TEST(Roles, OneNameMayHaveSeveralRanges) {
  const Spec spec = with({{"a", 0, 0}, {"b", 1, 1}, {"a", 2, 2}});
  EXPECT_EQ(role(spec, 2), "a");
}

TEST(Roles, WithoutAnyTheNameIsEmpty) {
  EXPECT_EQ(role({}, 7), "");
}

TEST(Roles, RangesThatOverlapAreBothNamed) {
  const std::pair<std::vector<Role>, const char*> rows[] = {
      {{{"a", 0, 1}, {"b", 1, kEnd}}, "--role: index 1 has two roles: 0..1=a and 1..=b"},
      {{{"b", 1, kEnd}, {"a", 0, 1}}, "index 1 has two roles: 0..1=a and 1..=b"},
      {{{"a", 0, kEnd}, {"b", 5, 5}}, "index 5 has two roles: 0..=a and 5=b"},
      {{{"a", 0, 0}, {"a", 0, 0}}, "index 0 has two roles: 0=a and 0=a"},
      {{{"a", 0, kEnd}, {"b", kEnd, kEnd}}, "has two roles"},
  };
  for (const auto& [roles, message] : rows) {
    EXPECT_THAT(role(with(roles), 0), HasSubstr(message));
  }
}

TEST(Roles, AGapBeforeARangeConcernsEveryIndex) {
  const std::pair<std::vector<Role>, const char*> rows[] = {
      {{{"a", 1, kEnd}}, "--role: index 0 has no role: the first range is 1..=a"},
      {{{"a", 5, 9}}, "the indexes 0 to 4 have no role: the first range is 5..9=a"},
      {{{"a", 0, 0}, {"b", 2, 3}}, "index 1 has no role: 0=a is followed by 2..3=b"},
  };
  for (const auto& [roles, message] : rows) {
    EXPECT_THAT(role(with(roles), 7), HasSubstr(message));
  }
}

TEST(Roles, AnIndexBehindTheLastRangeHasNone) {
  const Spec spec = with({{"a", 0, 0}, {"b", 1, 4}});
  EXPECT_EQ(role(spec, 4), "b");
  EXPECT_THAT(role(spec, 5), HasSubstr("--role: index 5 has no role: the roles are 0=a, 1..4=b"));
  const auto roles = Roles::read(spec);
  ASSERT_TRUE(roles);
  EXPECT_EQ(roles->find(5), nullptr);
  const auto none = roles->at(5);
  EXPECT_EQ(none.error().failure, Failure::kConfig);
  EXPECT_THAT(none.error().hint, HasSubstr("1..=b"));
}

index::Index index_at(std::uint64_t position) {
  index::Index index;
  index.position = position;
  index.task = position;
  index.source = "--index";
  return index;
}

TEST(Roles, AnItemCarriesTheRoleOfItsPosition) {
  Spec spec = with({{"master", 0, 0}, {"worker", 1, 3}});
  spec.source = Inline{{"a", "b", "c", "d", "e"}};
  EXPECT_EQ(select(spec, index_at(0), {})->role, "master");
  EXPECT_EQ(select(spec, index_at(3), {})->role, "worker");
  EXPECT_EQ(select(spec, index_at(4), {}).error().failure, Failure::kConfig);
  EXPECT_EQ(select(spec, index_at(5), {}).error().failure, Failure::kItem) << "past the end";
}

TEST(Roles, OfAnEarlierRunGoByItsPosition) {
  Spec spec = with({{"master", 0, 0}, {"worker", 1, kEnd}});
  spec.source = Inline{{"a", "b", "c"}};
  spec.only = "1-2";
  EXPECT_EQ(select(spec, index_at(0), {})->role, "worker");
}

TEST(Roles, AListHasThemAndIsRefusedAsAWhole) {
  const Environment environment;
  Spec spec = with({{"master", 0, 0}, {"worker", 1, 1}});
  spec.source = Inline{{"a", "b"}};
  auto list = List::open(spec, environment);
  ASSERT_TRUE(list);
  EXPECT_EQ((*list->next())->role, "master");
  EXPECT_EQ((*list->next())->role, "worker");
  spec.source = Inline{{"a", "b", "c"}};
  const auto longer = List::open(spec, environment);
  ASSERT_FALSE(longer);
  EXPECT_THAT(longer.error().message(), HasSubstr("index 2 has no role"));
  spec.only = "0-1";
  EXPECT_TRUE(List::open(spec, environment)) << "only what runs needs a role";
}

TEST(Roles, AShareHasThatOfItsTask) {
  const Environment environment;
  Spec spec = with({{"master", 0, 0}, {"worker", 1, 1}});
  spec.source = Inline{{"a", "b", "c", "d", "e", "f"}};
  spec.shares.wanted = true;
  spec.shares.tasks = 3;
  const auto share = Share::open(spec, index_at(1), environment);
  ASSERT_TRUE(share);
  EXPECT_EQ((*share)->task().role, "worker");
  EXPECT_EQ((*(*share)->next())->role, "worker") << "of position 2";
  const auto none = Share::open(spec, index_at(2), environment);
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().message(), HasSubstr("index 2 has no role"));
  const auto past = Share::open(spec, index_at(3), environment);
  ASSERT_FALSE(past);
  EXPECT_EQ(past.error().failure, Failure::kItem);
}

}  // namespace
}  // namespace indexrun::items
