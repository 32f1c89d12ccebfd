// SPDX-License-Identifier: Apache-2.0
#include "inputs/kubernetes_env.h"

#include "worker.h"

#include <gmock/gmock.h>

namespace indexrun::inputs {
namespace {

TEST(KubernetesEnv, QuotesEveryValue) {
  const auto text = kubernetes_env({{"A", "x"}, {"B", ""}, {"C", "two\nlines \"$x\" \\ # ="}});
  ASSERT_TRUE(text.has_value());
  EXPECT_EQ(*text, "A='x'\nB=''\nC='two\nlines \"$x\" \\ # ='\n");
}

TEST(KubernetesEnv, RefusesASingleQuote) {
  const Error error = kubernetes_env({{"A", "x"}, {"B", "it's", true}}).error();
  EXPECT_EQ(error.failure, Failure::kItem);
  EXPECT_THAT(error.problem, testing::HasSubstr("value of B"));
  EXPECT_EQ(kubernetes_env({{"B", "it's", false}}).error().failure, Failure::kConfig);
}

class WriteEnv : public Worker {};

TEST_F(WriteEnv, HoldsTheVariablesThatWereAskedForAndNoOthers) {
  dir_.write("vars", "A={index}\nB=file\n");
  spec.env_files = {dir_ / "vars"};
  spec.variables = {{"B", "{item}"}, {"C", "x"}};
  spec.write_env = "out/{index}.env";
  spec.write_mode = 0600;
  inherited.set("PATH", "/bin");
  const Inputs got = inputs();
  ASSERT_EQ(got.files.size(), 1U);
  EXPECT_EQ(got.files[0].path, "out/3.env");
  EXPECT_EQ(got.files[0].content, "A='3'\nB='foo'\nC='x'\n");
  EXPECT_EQ(got.files[0].mode, 0600U);
}

TEST_F(WriteEnv, TheClassOfAQuoteTellsWhoseItIs) {
  spec.write_env = "env";
  spec.variables = {{"A", "it's"}};
  EXPECT_EQ(error().failure, Failure::kConfig);
  spec.variables = {{"A", "{item}"}};
  item.text = "it's";
  EXPECT_EQ(error().failure, Failure::kItem);
}

TEST_F(WriteEnv, IsAnOutputLikeOthers) {
  spec.write_env = "env";
  add_write("./env");
  EXPECT_EQ(error().failure, Failure::kConfig);
}

}  // namespace
}  // namespace indexrun::inputs
