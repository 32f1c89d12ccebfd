// SPDX-License-Identifier: Apache-2.0
// Where CSV records end.
#include "items/records.h"

#include "items/scan.h"
#include "pieces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::HasSubstr;
using namespace std::string_literals;

Records open(const std::string& text, LineRules rules = {}, std::size_t size = 4096) {
  return {std::make_unique<Pieces>(text, size), rules};
}

struct Good {
  const char* description;
  std::string text;
  std::vector<std::string> records;
};

TEST(Records, EndAtNewlinesOutsideQuotes) {
  const std::string filler(70, 'f');
  for (const Good& row : {
           Good{"plain", "a,b\nc,d\n", {"a,b", "c,d"}},
           Good{"no last newline", "a,b\nc,d", {"a,b", "c,d"}},
           Good{"CRLF", "a,b\r\nc,d\r\n", {"a,b", "c,d"}},
           Good{"BOM", "\xef\xbb\xbf\"a\",b\n", {"\"a\",b"}},
           Good{"newline in quotes", "\"a\nb\",c\nd,e\n", {"\"a\nb\",c", "d,e"}},
           Good{"CRLF in quotes", "\"a\r\n\r\nb\"\r\nc\r\n", {"\"a\r\n\r\nb\"", "c"}},
           Good{"doubled quotes", "\"\"\"\n\"\"\",x\ny\n", {"\"\"\"\n\"\"\",x", "y"}},
           Good{"empty quoted", "\"\",\"\"\n\"\"\n", {"\"\",\"\"", "\"\""}},
           Good{"comma in quotes", "\"a,\"\"b\",c\n", {"\"a,\"\"b\",c"}},
           Good{"empty fields", ",\n,,\n", {",", ",,"}},
           Good{"blanks are data", " \n\t\n", {" ", "\t"}},
           Good{"a lone CR is data", "a\rb\nc\n", {"a\rb", "c"}},
           Good{"long",
                filler + ",\"" + filler + "\n" + filler + "\"\n" + filler,
                {filler + ",\"" + filler + "\n" + filler + "\"", filler}},
           Good{"quoted CRLF at the end", "a\n\"b\"\r", {"a", "\"b\""}},
       }) {
    for (const std::size_t size : {3U, 5U, 64U, 4096U}) {
      Records records = open(row.text, {}, size);
      const auto texts = texts_of(records);
      ASSERT_TRUE(texts.has_value()) << row.description << ": " << texts.error().message();
      EXPECT_THAT(*texts, ElementsAreArray(row.records)) << row.description << " " << size;
      const auto skipped = open(row.text, {}, size).skip(UINT64_MAX);
      ASSERT_TRUE(skipped.has_value()) << row.description;
      EXPECT_EQ(*skipped, row.records.size()) << row.description;
    }
  }
}

struct Bad {
  const char* description;
  std::string text;
  const char* object;
  const char* problem;
};

TEST(Records, AreRefusedWhereverTheirEndIsUncertain) {
  const std::string many(100, 'x');
  for (const Bad& row : {
           Bad{"open quote", "a\n\"b\nc\n", "list:2", "never closed"},
           Bad{"open quote, far", "a\n\"b\n" + many + "\n" + many, "list:2", "never closed"},
           Bad{"quote in a field", "a\nb\"c\n", "list:2", "quote"},
           Bad{"doubled quote in a field", "a\nb\"\"c\n", "list:2", "quote"},
           Bad{"text after a quote", "a\n\"b\"c\n", "list:2", "quote"},
           Bad{"blank after a quote", "a\n\"b\" ,c\n", "list:2", "quote"},
           Bad{"CR after a quote", "a\n\"b\"\rc\n", "list:2", "quote"},
           Bad{"NUL", "a\nb\0c\n"s, "list:2", "NUL"},
           Bad{"NUL in quotes", "a\n\"b\n\0c\"\n"s, "list:3", "NUL"},
           Bad{"empty line", "a\n\nb\n", "list:2", "empty"},
           Bad{"empty CRLF line", "a\r\n\r\nb\r\n", "list:2", "empty"},
           Bad{"empty line after a long one", many + "\n\nb", "list:2", "empty"},
           Bad{"empty line at the end", "a\n\r", "list:2", "empty"},
       }) {
    for (const std::size_t size : {3U, 7U, 64U, 4096U}) {
      const auto skipped = open(row.text, {}, size).skip(UINT64_MAX);
      Records records = open(row.text, {}, size);
      const auto texts = texts_of(records);
      ASSERT_FALSE(skipped.has_value()) << row.description;
      ASSERT_FALSE(texts.has_value()) << row.description;
      for (const Error& error : {skipped.error(), texts.error()}) {
        EXPECT_EQ(error.failure, Failure::kConfig) << row.description;
        EXPECT_EQ(error.object, row.object) << row.description << " " << size;
        EXPECT_THAT(error.problem, HasSubstr(row.problem)) << row.description;
      }
    }
  }
}

TEST(Records, LeaveOutBlankLinesAndCommentsOnRequest) {
  const std::string text = "\n# it's \"open\na\n\r\n\"# b\n# c\"\n#d\n\n";
  const LineRules rules{.skip_blank = true, .comments = true};
  for (const std::size_t size : {3U, 4096U}) {
    Records records = open(text, rules, size);
    EXPECT_THAT(*texts_of(records), ElementsAre("a", "\"# b\n# c\""));
    EXPECT_EQ(*open(text, rules, size).skip(UINT64_MAX), 2U);
  }
}

TEST(Records, KnowTheirFirstLine) {
  Records records = open("a\n\"b\n\n\"\nc\n\"d\ne\"\n");
  EXPECT_EQ(*records.skip(1), 1U);
  EXPECT_EQ((*records.next())->origin, "list:2");
  EXPECT_EQ((*records.next())->origin, "list:5");
  EXPECT_EQ((*records.next())->origin, "list:6");
  EXPECT_FALSE(records.next()->has_value());
}

// The kernels for different machines agree byte for byte.
TEST(Records, EveryKernelFindsTheSame) {
  std::uint64_t random = 1;
  const std::string alphabet("a,\"\n\r\"x\n\0", 9);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (std::size_t length = 1 + random % 150; length > 0; --length) {
      random = random * 6364136223846793005U + 1442695040888963407U;
      const std::size_t pick = (random >> 33) % 40;
      text += pick < 8 || (pick == 8 && round % 8 == 0) ? alphabet[pick] : 'b';
    }
    RecordState words;
    const auto expected = records_words(text.data(), text.size(), 1 + random % 5, words);
    RecordState best;
    const auto found = scan_records(text, 1 + random % 5, best);
    ASSERT_EQ(found.consumed, expected.consumed) << text;
    ASSERT_EQ(found.records, expected.records);
    ASSERT_EQ(found.stop, expected.stop);
    ASSERT_EQ(best.newlines, words.newlines);
    ASSERT_EQ(best.record_line, words.record_line);
#ifdef __x86_64__
    RecordState sse2;
    ASSERT_EQ(records_sse2(text.data(), text.size(), 1 + random % 5, sse2).consumed,
              expected.consumed);
#endif
  }
}

}  // namespace
}  // namespace indexrun::items
