"""From a plan or a recording to files: plain values, SVG, DOT and what else people hand on."""
