# SPDX-License-Identifier: Apache-2.0
# Adds up the second column by the first, over all files. The sums of sums are made the same way.
#
#     awk -F, [-v rows=N] [-v out=SUMS.csv] -f sum.awk FILE.csv...
#
# Fails if the files have not N rows. Without `out` the sums go to standard output.
FNR == 1 { text = $0 "\n"; next }
{
  if (!($1 in sum)) name[++names] = $1
  sum[$1] += $2
  read++
}
END {
  if (rows != "" && read != rows) {
    printf "%s: %d of %d rows\n", FILENAME, read, rows > "/dev/stderr"
    exit 1
  }
  for (i = 1; i <= names; i++) text = text name[i] "," sum[name[i]] "\n"
  if (out == "") {
    printf "%s", text
  } else {
    printf "%s", text > out
    printf "%s: %d rows\n", FILENAME, read
  }
}
