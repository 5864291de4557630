// Orders registrations the way containerd 2.3 does, with loops over the whole registry, and prints the
// nanoseconds that one pass took (the best of several). Registrations come on standard input, one a line:
// type, id and the required types, parted by spaces. The argument is how long to go on, in milliseconds.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

type registration struct {
	kind     string
	id       string
	requires []string
}

type walk struct {
	registry []*registration
	placed   map[*registration]bool
	ordered  []registration
}

func (w *walk) pull(path []*registration) {
	requirer := path[len(path)-1]
	for _, wanted := range requirer.requires {
		for _, other := range w.registry {
			if other == requirer || (wanted != "*" && other.kind != wanted) || w.placed[other] {
				continue
			}
			for _, open := range path[:len(path)-1] {
				if open == other {
					panic("a ring at " + other.kind + "." + other.id)
				}
			}
			w.pull(append(path, other))
			w.place(other)
		}
	}
}

func (w *walk) place(r *registration) {
	w.placed[r] = true
	w.ordered = append(w.ordered, *r)
}

func order(registry []*registration) []registration {
	w := walk{registry, make(map[*registration]bool, len(registry)), make([]registration, 0, len(registry))}
	path := make([]*registration, 0, len(registry))
	for _, r := range registry {
		if !w.placed[r] {
			w.pull(append(path, r))
			w.place(r)
		}
	}
	return w.ordered
}

func main() {
	var registry []*registration
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		registry = append(registry, &registration{words[0], words[1], words[2:]})
	}
	milliseconds, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	best := time.Duration(1 << 62)
	var ordered []registration
	for end := time.Now().Add(time.Duration(milliseconds) * time.Millisecond); ; {
		start := time.Now()
		ordered = order(registry)
		if took := time.Since(start); took < best {
			best = took
		}
		if time.Now().After(end) {
			break
		}
	}
	fmt.Println(best.Nanoseconds())
	for _, r := range ordered {
		fmt.Println(r.kind + "." + r.id)
	}
}
