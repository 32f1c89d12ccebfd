// SPDX-License-Identifier: Apache-2.0
// The index in a downward API volume, laid out as the kubelet lays it out.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

const char* const kAnnotations =
    "batch.kubernetes.io/job-completion-index=\"1\"\n"
    "kubernetes.io/config.seen=\"2026-11-22T22:17:15.053578456Z\"\n"
    "kubernetes.io/config.source=\"api\"\n"
    "note=\"he said \\\"hi\\\"\\nand left\\ttab \xc3\xa9\"";

const char* const kLabels =
    "batch.kubernetes.io/controller-uid=\"d635f0d6-a161-45e1-aec6-0d055432a344\"\n"
    "batch.kubernetes.io/job-completion-index=\"1\"\n"
    "batch.kubernetes.io/job-name=\"obs\"\n"
    "controller-uid=\"d635f0d6-a161-45e1-aec6-0d055432a344\"\n"
    "job-name=\"obs\"";

class IndexFile : public Blackbox {
 protected:
  /// A mounted volume: a dated folder, ..data pointing to it, and a link for each file.
  void mount(const std::string& name, const std::string& content) const {
    const std::string dated = "..2026_11_22_22_17_15.1992690113";
    dir_.write("podinfo/" + dated + "/" + name, content);
    if (!dir_.has("podinfo/..data")) {
      dir_.link(dated, "podinfo/..data");
    }
    dir_.link("..data/" + name, "podinfo/" + name);
  }

  [[nodiscard]] Command worker(const std::string& file) const {
    return indexrun("--items foo,bar,baz --index-file").args({file, "--", "echo", "{}"});
  }

  void expect_refused(const std::string& content) const {
    dir_.write("bad", content);
    expect_refusal(worker("bad"), {.exit = 196, .stage = "index", .object = "bad"});
  }
};

TEST_F(IndexFile, HoldsTheBareValue) {
  mount("index", "1");
  EXPECT_THAT(worker("podinfo/index").run(), Prints("bar\n"));
}

TEST_F(IndexFile, HoldsAllAnnotations) {
  mount("annotations", kAnnotations);
  EXPECT_THAT(worker("podinfo/annotations").run(), Prints("bar\n"));
}

TEST_F(IndexFile, HoldsAllLabels) {
  mount("labels", kLabels);
  EXPECT_THAT(worker("podinfo/labels").run(), Prints("bar\n"));
}

TEST_F(IndexFile, ADumpMayEndWithANewline) {
  mount("labels", std::string(kLabels) + "\n");
  EXPECT_THAT(worker("podinfo/labels").run(), Prints("bar\n"));
}

TEST_F(IndexFile, TheKeyIsFoundOnlyAtTheBeginningOfALine) {
  mount("annotations",
        "a=\"x\\nbatch.kubernetes.io/job-completion-index=\\\"0\\\"\"\n"
        "batch.kubernetes.io/job-completion-index=\"2\"\n"
        "xbatch.kubernetes.io/job-completion-index=\"1\"");
  EXPECT_THAT(worker("podinfo/annotations").run(), Prints("baz\n"));
}

TEST_F(IndexFile, ADumpWithoutTheIndexIsAnError) {
  expect_refused("job-name=\"obs\"\n");
  expect_refused("batch.kubernetes.io/job-completion-index=\"\"\n");
  expect_refused("batch.kubernetes.io/job-completion-index=\"x\"\n");
  expect_refused("batch.kubernetes.io/job-completion-index=\"1\n");
  expect_refused("batch.kubernetes.io/job-completion-index=\" 1\"\n");
}

TEST_F(IndexFile, MoreThanOneFinalNewlineIsAnError) {
  expect_refused("1\n\n");
  expect_refused("\n1");
  expect_refused("\n");
}

TEST_F(IndexFile, MissingOrAFolderIsAnError) {
  expect_refusal(
      worker("none"),
      {.exit = 196, .stage = "index", .object = "none", .says = {"No such file or directory"}});
  dir_.make_folder("folder");
  expect_refusal(worker("folder"),
                 {.exit = 196, .stage = "index", .object = "folder", .says = {"directory"}});
}

TEST_F(IndexFile, AnEndlessFileIsAnErrorAndNotMuchMemory) {
  expect_refusal(worker("/dev/zero"), {.exit = 196, .stage = "index", .object = "/dev/zero"});
}

}  // namespace
}  // namespace indexrun::test
