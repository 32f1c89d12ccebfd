// SPDX-License-Identifier: Apache-2.0
// One entry for each subcommand.
#include "options/manual.h"

#include <cstddef>
#include <iterator>

namespace indexrun::options {

namespace {

constexpr Manual kManuals[] = {
    {
        "[run] [OPTIONS] [--] COMMAND [ARG...]",
        "run one worker: find its index, select its item, prepare the input, run COMMAND",
        "indexrun --items foo,bar,baz --write data.txt rev data.txt\n"
        "indexrun -f items.txt --expect-count 5 -- convert '{}' '{.}.png'\n",
    },
    {
        "stage [OPTIONS]",
        "prepare the input only, as an init container",
        "indexrun stage -f /etc/items/list --write /input/data.txt\n"
        "indexrun stage --items-dir /etc/items --env 'ITEM={}' --write-env /input/env\n",
    },
    {
        "show [OPTIONS] [-- COMMAND [ARG...]]",
        "show what an index would do, and do nothing",
        "indexrun show --index 3 -f items.txt -- rev '{}'\n"
        "indexrun show --all --output json -f items.txt\n",
    },
    {
        "count [OPTIONS]",
        "print the number of tasks, for completions of the Job",
        "indexrun count -f items.txt\n"
        "indexrun count --items-dir items --output json\n",
    },
    {
        "install PATH",
        "copy this executable to PATH, atomically, mode 0755",
        "indexrun install /shared/indexrun\n",
    },
    {
        "seccomp compile PROFILE [OPTIONS]",
        "compile and check a seccomp profile, so that --seccomp only loads it",
        "indexrun seccomp compile docker.json --cap-drop ALL -o docker.filter\n"
        "indexrun --cap-drop ALL --seccomp docker.filter -f items.txt -- worker '{}'\n",
    },
};
static_assert(std::size(kManuals) == static_cast<std::size_t>(Subcommand::kSeccomp) + 1);

}  // namespace

const Manual& manual(Subcommand subcommand) {
  return kManuals[static_cast<std::size_t>(subcommand)];
}

}  // namespace indexrun::options
