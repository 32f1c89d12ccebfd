// SPDX-License-Identifier: Apache-2.0
// Rules as the kernel takes them, and a domain that is entered, in a process of its own.
#include "confine/domain.h"

#include "confine/access.h"
#include "confine/failure.h"
#include "confine/landlock_kernel.h"
#include "process.h"
#include "support/temp_dir.h"

#include <cerrno>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::HasSubstr;

class DomainTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (landlock::version() < 5) {
      GTEST_SKIP() << "needs Landlock ABI 5";
    }
  }

  [[nodiscard]] static Landlock wanted() { return **prepare_access({.paths = true}, {.abi = 5}); }

  /// In a process that has entered the domain: 0, or the step of a failure.
  template <typename Body>
  static testing::Ended inside(const std::vector<Grant>& grants, Body body) {
    return testing::run([&] {
      const auto domain = Domain::make(wanted(), grants);
      if (!domain || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return 100;
      }
      const Failed failed = restrict_access(domain->restriction());
      return failed.any() ? 101 : body();
    });
  }

  test::TempDir dir_;
};

int read_errno(const std::string& path) {
  return ::open(path.c_str(), O_RDONLY | O_CLOEXEC) >= 0 ? 0 : errno;
}

TEST_F(DomainTest, ADefaultOneIsNotEntered) {
  EXPECT_FALSE(restrict_access(Domain().restriction()).any());
  EXPECT_EQ(read_errno("/"), 0);
}

TEST_F(DomainTest, OnlyWhatIsNamedCanBeRead) {
  const std::string in = dir_.write("in/file", "x");
  const std::string out = dir_.write("other", "x");
  const auto ended = inside({{Right::kRead, dir_ / "in"}}, [&] {
    return read_errno(in) == 0 && read_errno(out) == EACCES ? 0 : 1;
  });
  EXPECT_EQ(ended.status.exit_code(), 0);
}

TEST_F(DomainTest, AFileGetsTheRightsThatFilesHave) {
  const std::string file = dir_.write("file", "x");
  const auto ended = inside({{Right::kWrite, file}}, [&] {
    return ::open(file.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC) >= 0 ? 0 : errno;
  });
  EXPECT_EQ(ended.status.exit_code(), 0);
}

TEST_F(DomainTest, APipeBehindALinkIsNoError) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const std::string link = "/proc/self/fd/" + std::to_string(ends[1]);
  EXPECT_TRUE(Domain::make(wanted(), std::vector<Grant>{{Right::kWrite, link}}));
}

TEST_F(DomainTest, RootMayBeNamedAndIsNotTriedThen) {
  EXPECT_EQ(inside({{Right::kExecute, "/"}}, [] { return read_errno("/"); }).status.exit_code(), 0);
  EXPECT_EQ(inside({{Right::kWrite, "/"}}, [] { return read_errno("/"); }).status.exit_code(), 0);
}

TEST_F(DomainTest, AMissingPathIsNamed) {
  struct Row {
    Grant grant;
    Failure failure;
    const char* message;
    const char* hint;
  };
  const std::string missing = dir_ / "missing";
  const std::string file = dir_.write("file", "");
  const Row rows[] = {
      {{Right::kRead, missing}, Failure::kConfig, "--ro: '", "must be there"},
      {{Right::kExecute, missing}, Failure::kConfig, "--exec: '", "must be there"},
      {{Right::kWrite, missing}, Failure::kConfig, "--rw: '", "missing/'"},
      {{Right::kRead, missing, true}, Failure::kItem, "--ro: '", "must be there"},
      {{Right::kRead, file + "/x"}, Failure::kConfig, "Not a directory", ""},
  };
  for (const Row& row : rows) {
    const auto domain = Domain::make(wanted(), std::vector<Grant>{row.grant});
    ASSERT_FALSE(domain) << row.message;
    EXPECT_EQ(domain.error().failure, row.failure);
    EXPECT_THAT(domain.error().message(), HasSubstr(row.message));
    EXPECT_THAT(domain.error().message(), HasSubstr(row.grant.path));
    EXPECT_THAT(domain.error().hint, HasSubstr(row.hint));
  }
}

TEST_F(DomainTest, AMissingPathIsAnErrorWithoutLandlockToo) {
  const Landlock nothing{.paths = true};
  EXPECT_FALSE(Domain::make(nothing, std::vector<Grant>{{Right::kRead, dir_ / "missing"}}));
  const auto domain = Domain::make(nothing, std::vector<Grant>{{Right::kRead, dir_.path()}});
  ASSERT_TRUE(domain);
  EXPECT_EQ(domain->restriction().ruleset, -1);
}

TEST_F(DomainTest, TooManyLayersAreExplained) {
  const auto ended = testing::run([] {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
      return 100;
    }
    const auto domain = Domain::make(wanted(), std::vector<Grant>{{Right::kWrite, "/"}});
    for (int layer = 0; layer < 16; ++layer) {
      if (restrict_access(domain->restriction()).any()) {
        return 101;
      }
    }
    const Failed failed = restrict_access(domain->restriction());
    const Error error = failure(Prepared(), failed);
    return failed.error == E2BIG && error.hint.find("16 Landlock domains") != std::string::npos
               ? 0
               : 102;
  });
  EXPECT_EQ(ended.status.exit_code(), 0);
}

TEST_F(DomainTest, WithoutNoNewPrivsThereIsNoDomain) {
  const auto ended = testing::run([] {
    if (::geteuid() == 0 && (::setgid(1000) != 0 || ::setuid(1000) != 0)) {
      return 100;
    }
    const auto domain = Domain::make(wanted(), std::vector<Grant>{{Right::kRead, "/usr"}});
    const Failed failed = restrict_access(domain->restriction());
    return failed.step == Step::kRestrict && failed.error == EPERM ? 0 : 101;
  });
  EXPECT_EQ(ended.status.exit_code(), 0);
}

TEST_F(DomainTest, ADomainThatDeniesNothingIsFoundOut) {
  const auto open = Domain::make(wanted(), std::vector<Grant>{{Right::kWrite, "/"}});
  ASSERT_TRUE(open);
  const auto ended = testing::run([&] {
    Restriction restriction = open->restriction();
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
      return 100;
    }
    restriction.root_unreadable = true;
    if (restrict_access(restriction).step != Step::kVerifyFiles) {
      return 101;
    }
    restriction.root_unreadable = false;
    restriction.no_bind = true;
    if (restrict_access(restriction).step != Step::kVerifyTcp) {
      return 102;
    }
    restriction.no_bind = false;
    restriction.no_connect = true;
    if (restrict_access(restriction).step != Step::kVerifyTcp) {
      return 103;
    }
    restriction.no_connect = false;
    restriction.no_signal = true;
    return restrict_access(restriction).step == Step::kVerifyScope ? 0 : 104;
  });
  EXPECT_EQ(ended.status.exit_code(), 0);
}

}  // namespace
}  // namespace indexrun::confine
