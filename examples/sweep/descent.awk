# SPDX-License-Identifier: Apache-2.0
# Gradient descent on x^2/2 with noisy gradients: how good is a learning rate? Prints the rate, the
# seed and the mean loss of the last hundred of 300 steps, also into the file `out`.
#
#     awk -v lr=0.1 -v seed=1 [-v out=RESULT.tsv] -f descent.awk
#
# The random numbers are its own (Park and Miller), so that every awk gives the same result.
function uniform() {
  seed = (seed * 16807) % 2147483647
  return seed / 2147483647
}
BEGIN {
  if (lr <= 0 || lr >= 2 || seed < 1) {
    printf "lr=%s seed=%s: a rate between 0 and 2 and a seed from 1 are wanted\n", lr, seed \
      > "/dev/stderr"
    exit 1
  }
  name = seed
  x = 10
  for (step = 1; step <= 300; step++) {
    noise = 0
    for (i = 0; i < 12; i++) noise += uniform()
    x -= lr * (x + noise - 6)
    if (step > 200) loss += x * x / 2 / 100
  }
  line = sprintf("%s\t%s\t%.4f", lr, name, loss)
  print line
  if (out != "") print line > out
}
