// SPDX-License-Identifier: Apache-2.0
// The scan kernels against a plain reading, byte by byte.
#include "items/scan.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

Scanned scan_plainly(const char* data, size_t size, uint64_t wanted, bool& blank_so_far) {
  Scanned result;
  if (wanted == 0) {
    result.stop = Stop::kEnough;
    return result;
  }
  for (; result.consumed < size; ++result.consumed) {
    const char c = data[result.consumed];
    if (c == '\0') {
      result.stop = Stop::kNul;
      return result;
    }
    if (c == '\n' && blank_so_far) {
      result.stop = Stop::kBlankLine;
      return result;
    }
    if (c == '\n' && ++result.lines == wanted) {
      ++result.consumed;
      result.stop = Stop::kEnough;
      blank_so_far = true;
      return result;
    }
    const bool blank = c == ' ' || c == '\t' || c == '\r';
    blank_so_far = c == '\n' || (blank_so_far && blank);
  }
  return result;
}

using Kernel = Scanned (*)(const char*, size_t, uint64_t, bool&);

std::string random_text(std::mt19937& random, std::string_view letters, size_t size) {
  std::uniform_int_distribution<size_t> letter(0, letters.size() - 1);
  std::string text(size, 'x');
  for (char& c : text) {
    c = letters[letter(random)];
  }
  return text;
}

/// One text through a kernel and through the plain reading, in blocks of random sizes.
void compare(Kernel kernel, std::mt19937& random, const std::string& text, uint64_t wanted) {
  bool blank = true;
  bool plain_blank = true;
  for (size_t at = 0; at < text.size();) {
    const size_t size = std::min<size_t>(text.size() - at, random() % 200);
    const Scanned got = kernel(text.data() + at, size, wanted, blank);
    const Scanned expected = scan_plainly(text.data() + at, size, wanted, plain_blank);
    ASSERT_EQ(got.consumed, expected.consumed);
    ASSERT_EQ(got.lines, expected.lines);
    ASSERT_EQ(got.stop, expected.stop);
    if (got.stop == Stop::kNul || got.stop == Stop::kBlankLine) {
      return;
    }
    ASSERT_EQ(blank, plain_blank);
    if (got.stop == Stop::kEnough) {
      return;
    }
    wanted -= got.lines;
    at += size;
  }
}

class Scan : public testing::TestWithParam<Kernel> {};

TEST_P(Scan, AgreesWithAPlainReadingOfRandomText) {
  using namespace std::string_view_literals;
  std::mt19937 random(20240607);
  // From texts without a defect to texts that are hardly anything else, and every kind of byte that
  // lies near one that matters.
  for (const std::string_view letters :
       {"abcdefgh\n"sv, "abc def\tgh\n"sv, "aaaaaaaaaaaaaaaaaaaaaaaa \r\n"sv, "a \n"sv, " \t\r\n"sv,
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n\0"sv, "aaaaaaaaaaaaaaaa\x01\x09\x0b\x1f\x21\x7f\n"sv,
        "\x80\x8a\x8d\xa0\xff\x89\n"sv, "\n"sv, "a"sv, " "sv, "a                    \n"sv}) {
    for (int round = 0; round < 400; ++round) {
      const std::string text = random_text(random, letters, random() % 700);
      compare(GetParam(), random, text, 1 + random() % 40);
      compare(GetParam(), random, text, UINT64_MAX);
      ASSERT_FALSE(HasFatalFailure()) << "letters " << testing::PrintToString(letters);
    }
  }
}

TEST_P(Scan, FindsADefectInEveryPlace) {
  for (size_t place = 0; place < 200; ++place) {
    std::string text(200, 'x');
    text[place] = '\0';
    bool blank = true;
    const Scanned nul = GetParam()(text.data(), text.size(), UINT64_MAX, blank);
    EXPECT_EQ(nul.stop, Stop::kNul);
    EXPECT_EQ(nul.consumed, place);
  }
  for (size_t place = 2; place < 200; ++place) {
    std::string text(200, 'x');
    text[place - 2] = '\n';
    text[place - 1] = ' ';
    text[place] = '\n';
    bool blank = false;
    const Scanned result = GetParam()(text.data(), text.size(), UINT64_MAX, blank);
    EXPECT_EQ(result.stop, Stop::kBlankLine);
    EXPECT_EQ(result.consumed, place);
    EXPECT_EQ(result.lines, 1U);
  }
}

TEST_P(Scan, IgnoresADefectBehindTheWantedLine) {
  const std::string text = std::string("foo\nbar\n\n\0", 10);
  bool blank = true;
  const Scanned result = GetParam()(text.data(), text.size(), 2, blank);
  EXPECT_EQ(result.stop, Stop::kEnough);
  EXPECT_EQ(result.consumed, 8U);
}

TEST_P(Scan, WantsNothing) {
  bool blank = true;
  const Scanned result = GetParam()("\n", 1, 0, blank);
  EXPECT_EQ(result.stop, Stop::kEnough);
  EXPECT_EQ(result.consumed, 0U);
}

INSTANTIATE_TEST_SUITE_P(Words, Scan, testing::Values(scan_words));
#ifdef __x86_64__
INSTANTIATE_TEST_SUITE_P(Sse2, Scan, testing::Values(scan_sse2));
INSTANTIATE_TEST_SUITE_P(Avx2, Scan, testing::Values(has_avx2() ? scan_avx2 : scan_sse2));
#endif

}  // namespace
}  // namespace indexrun::items
