// SPDX-License-Identifier: Apache-2.0
// Each way in which a list can be broken, by its name: refused with one message, and with bounded
// memory whatever its size.
#include "support/blackbox.h"

#include <sys/resource.h>

namespace indexrun::test {
namespace {

class BadList : public Blackbox {
 protected:
  /// A worker of the list file `name` with this content.
  [[nodiscard]] Command worker(const std::string& name, const std::string& content,
                               const std::string& index = "0") const {
    dir_.write(name, content);
    return indexrun("-i " + index + " -f " + name).command(kEcho);
  }

  /// Refused for every index, by a message about `place` of the list with `words` in it.
  void expect_broken(const std::string& name, const std::string& content, const std::string& place,
                     const std::string& words) const {
    for (const char* index : {"0", "1"}) {
      expect_refusal(worker(name, content, index),
                     {.exit = 196, .stage = "items", .object = name + place, .says = {words}});
    }
    for (const char* all : {"count -f ", "show --all -f "}) {
      expect_refusal(indexrun(all + name),
                     {.exit = 196, .stage = "items", .object = name + place, .says = {words}});
    }
  }

  /// Refused for index 1 only.
  void expect_bad_item(const std::string& name, const std::string& content,
                       const std::string& place, const std::string& words) const {
    EXPECT_THAT(worker(name, content, "0").run(), Prints("ran\n"));
    expect_refusal(worker(name, content, "1"),
                   {.exit = 197, .stage = "items", .object = name + place, .says = {words}});
  }

  /// A worker that reads what `script` prints, with little memory.
  [[nodiscard]] Ran from_pipe(const std::string& script, const std::string& words) const {
    static_cast<void>(dir_.make_fifo("list"));
    const Started writer =
        Command({"/bin/sh", "-c", "{ " + script + "; } >list"}).in(dir_.path()).start();
    return indexrun(words + " -f list")
        .command({"echo", "{}"})
        .in_child([] {
#ifndef INDEXRUN_SANITIZED  // which takes terabytes of addresses
          const rlimit limit{std::size_t{256} << 20, std::size_t{256} << 20};
          setrlimit(RLIMIT_AS, &limit);
#endif
        })
        .run();
  }
};

TEST_F(BadList, ARaggedCsvRow) {
  expect_bad_item("list.csv", "a,b\n1,2\n3\n", ":3", "1 field, expected 2");
  expect_bad_item("list.csv", "a,b\n1,2\n3,4,5\n", ":3", "3 fields, expected 2");
  expect_bad_item("list.tsv", "a\tb\n1\t2\n3\n", ":3", "1 field, expected 2");
}

TEST_F(BadList, ADuplicateHeader) {
  expect_broken("list.csv", "a,b,a\n1,2,3\n", ":1", "two columns are called 'a'");
  expect_broken("list.tsv", "a\ta\n1\t2\n", ":1", "two columns are called 'a'");
}

TEST_F(BadList, AHeaderWithoutAName) {
  expect_broken("list.csv", "a,\n1,2\n", ":1", "column 2 has no name");
}

TEST_F(BadList, AHeaderAndNothingElse) {
  expect_broken("list.csv", "a,b\n", "", "no items");
}

TEST_F(BadList, AnUnterminatedQuote) {
  expect_broken("list.csv", "a,b\n1,2\n\"3,4\n5,6\n", ":3", "never closed");
  expect_broken("list.csv", "a,b\n1,2\n3,x\"4\n", ":3", "quote");
}

TEST_F(BadList, InvalidUtf8) {
  // Ordinary bytes in text, as in the names of files; no JSON.
  EXPECT_THAT(indexrun("-i 0").args({"--item", "\xff\xfe", "printf", "%s", "{}"}).run(),
              Prints("\xff\xfe"));
  expect_bad_item("list.jsonl", "1\n\"\xff\"\n", ":2", "not valid JSON");
  expect_broken("list.json", "[\"\xff\"]", "[0]", "not valid JSON");
  expect_broken("list.yaml", "- \"\xff\"\n", "", "UTF-8");
}

TEST_F(BadList, Utf16) {
  expect_broken("list.txt",
                std::string("\xff\xfe"
                            "a\0\n\0",
                            6),
                ":1", "NUL");
}

TEST_F(BadList, JsonThatIsNoArray) {
  for (const char* text : {"{\"a\": [1, 2]}", "\"a\"", "1", "null", "a\nb\n", "<html>"}) {
    expect_broken("list.json", text, "", "is not a JSON array");
  }
  expect_broken("list.json", "", "", "is not a JSON array");
}

TEST_F(BadList, JsonThatIsCutOff) {
  expect_broken("list.json", "[1, 2, [3", "", "not closed");
  expect_broken("list.json", "[1, 2, ", "", "not closed");
  expect_broken("list.json", "[1, 2] 3", "", "follows the end");
}

TEST_F(BadList, DeepNesting) {
  const std::string deep = std::string(100000, '[') + std::string(100000, ']');
  expect_broken("list.json", "[" + deep + "]", "[0]", "levels deep");
  expect_bad_item("list.jsonl", "1\n" + deep + "\n", ":2", "levels deep");
  expect_broken("list.yaml", "- " + deep + "\n", "", "deep");
}

TEST_F(BadList, OneElementOfAGibibyteOnOneLine) {
  const std::string element = R"(printf '["a","'; head -c 1073741824 /dev/zero | tr '\0' x)";
  EXPECT_THAT(from_pipe(element, "-i 1 --format json"),
              Refuses({.exit = 196, .stage = "items", .object = "list[1]", .says = {"64 MiB"}}));
}

TEST_F(BadList, ALineOfAGibibyte) {
  const std::string line = R"(printf '1\n"'; head -c 1073741824 /dev/zero | tr '\0' x; echo '"')";
  EXPECT_THAT(from_pipe(line, "-i 1 --format jsonl"),
              Refuses({.exit = 197, .stage = "items", .object = "list:2", .says = {"64 MiB"}}));
}

TEST_F(BadList, ALongArrayOnOneLineIsFine) {
  const std::string array = "printf '[0'; yes ,1 | head -n 9000000 | tr -d '\\n'; printf ,2]";
  EXPECT_THAT(from_pipe(array, "-i 9000001 --format json"), Prints("2\n"));
}

TEST_F(BadList, AYamlAliasBomb) {
  std::string bomb = "- &a [x, x, x, x, x, x, x, x]\n";
  for (char name = 'b'; name <= 'z'; ++name) {
    const std::string before = std::string("*") + static_cast<char>(name - 1) + ", ";
    bomb += std::string("- &") + name + " [";
    for (int times = 0; times < 8; ++times) {
      bomb += before;
    }
    bomb += "x]\n";
  }
  expect_broken("list.yaml", bomb, ":1:3", "anchor");
}

TEST_F(BadList, YamlWithTwoKeysOfOneName) {
  expect_bad_item("list.yaml", "- {a: 1}\n- {a: 1, a: 2}\n", ":2:3", "two fields called 'a'");
}

TEST_F(BadList, AGzipBomb) {
  // Unpacked as it is read, never as a whole.
  const std::string zeros = "head -c 300000000 /dev/zero | tr '\\0' x | gzip -1";
  EXPECT_THAT(from_pipe(zeros, "-i 0"),
              Refuses({.exit = 197, .stage = "items", .object = "list:1", .says = {"64 MiB"}}));
}

TEST_F(BadList, AStepOfZero) {
  for (const char* words : {"--range 1..5..0", "--param a=1..5..0"}) {
    expect_refusal(indexrun("-i 0").line(words).command(kEcho),
                   {.exit = 196, .stage = "items", .says = {"at least 1"}});
    expect_refusal(indexrun("count").line(words),
                   {.exit = 196, .stage = "items", .says = {"at least 1"}});
  }
}

TEST_F(BadList, ARangeThatOverflows) {
  for (const char* range : {"0..18446744073709551616", "-9223372036854775808..9223372036854775807",
                            "0..9223372036854775808", "1..5..18446744073709551616"}) {
    for (const char* option : {"--range ", "--param a="}) {
      expect_refusal(indexrun("-i 0").line(option + std::string(range)).command(kEcho),
                     {.exit = 196, .stage = "items"});
    }
  }
  EXPECT_THAT(indexrun("count --range -9223372036854775807..-1").run(),
              Prints("9223372036854775807\n"));
}

TEST_F(BadList, AProductOverTwoToThe63) {
  expect_refusal(indexrun("count --param a=1..4294967296 --param b=1..4294967296"),
                 {.exit = 196, .stage = "items", .object = "--param", .says = {"2^63"}});
  expect_refusal(indexrun("count --param a=1..3037000500 --param b=1..3037000500 --param c=1..9"),
                 {.exit = 196, .stage = "items", .object = "--param", .says = {"2^63"}});
}

}  // namespace
}  // namespace indexrun::test
