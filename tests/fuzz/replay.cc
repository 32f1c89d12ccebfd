// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target without libFuzzer: every file of a corpus as it is, then a fixed number of
// pseudo-random changes of them. The same inputs in every run; a crash or a sanitizer is a failure.
//
//     NAME_replay CORPUS_DIRECTORY ROUNDS
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t kLongest = 4096;

// What parsers of this project look for.
constexpr std::string_view kTokens[] = {"{",
                                        "}",
                                        "{{",
                                        "}}",
                                        "{}",
                                        "{item}",
                                        "{index:%05d}",
                                        "\n",
                                        "\r\n",

                                        "\"",
                                        "'",
                                        "\\",
                                        "$",
                                        "${",
                                        "=",
                                        ":",
                                        ": ",
                                        "- ",
                                        "#",
                                        "%",
                                        "--",
                                        "-",
                                        ",",
                                        " ",
                                        "\t",
                                        "\xef\xbb\xbf",
                                        "\xff",
                                        "&a",
                                        "*a",
                                        "<<",
                                        "18446744073709551616",
                                        "0",
                                        "\\x0",
                                        "\\u00",
                                        "!!str",
                                        "|",
                                        ">",
                                        "[",
                                        "]"};

std::vector<std::string> read_corpus(const char* directory) {
  std::vector<std::string> inputs;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    std::ifstream file(entry.path(), std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  std::sort(inputs.begin(), inputs.end());
  return inputs;
}

class Mutator {
 public:
  explicit Mutator(const std::vector<std::string>& corpus) : corpus_(corpus) {}

  std::string next() {
    std::string text = any();
    for (std::size_t times = 1 + below(6); times > 0; --times) {
      change(text);
    }
    text.resize(std::min(text.size(), kLongest));
    return text;
  }

 private:
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }
  const std::string& any() { return corpus_[below(corpus_.size())]; }

  void change(std::string& text) {
    const std::size_t at = below(text.size() + 1);
    switch (below(6)) {
      case 0:
        text.insert(at, kTokens[below(std::size(kTokens))]);
        break;
      case 1:
        text.insert(at, 1, static_cast<char>(below(256)));
        break;
      case 2:
        text.erase(at, 1 + below(8));
        break;
      case 3:
        if (at < text.size()) {
          text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
        }
        break;
      case 4:  // the start of one, the end of another
        text.erase(at).append(any(), 0, kLongest);
        break;
      default:  // a piece of it again
        text.insert(at, text.substr(below(text.size()), below(64)));
        break;
    }
  }

  const std::vector<std::string>& corpus_;
  std::mt19937_64 random_{20220101};
};

void feed(const std::string& text) {
  // An exact copy on the heap: reading past its end is seen by ASan.
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: %s CORPUS_DIRECTORY ROUNDS\n", argv[0]);
    return 2;
  }
  const std::vector<std::string> corpus = read_corpus(argv[1]);
  if (corpus.empty()) {
    std::fprintf(stderr, "%s: no inputs in it\n", argv[1]);
    return 1;
  }
  std::for_each(corpus.begin(), corpus.end(), feed);
  feed("");
  Mutator mutator(corpus);
  const long rounds = std::strtol(argv[2], nullptr, 10);
  for (long round = 0; round < rounds; ++round) {
    feed(mutator.next());
  }
  std::printf("%zu inputs and %ld changes of them\n", corpus.size(), rounds);
  return 0;
}
