# SPDX-License-Identifier: Apache-2.0
# One point for each combination, and a line through the means of each learning rate.
set terminal svg size 640,400 font "sans,12" background "white"
set output "sweep.svg"
set title "Noisy gradient descent: mean loss after 200 steps"
set xlabel "learning rate"
set ylabel "loss"
set logscale xy
set xrange [0.005:1]
plot "table.tsv" using 1:3 title "one seed" with points pointtype 6, \
     "table.tsv" using 1:3 smooth unique title "mean of the seeds" with lines linewidth 2
