// Command gobpfman-peer speaks bpfman.v1 with the client and server code that bpfman publishes for Go, so that the tests of
// our own ends never have only ourselves to agree with.
//
//	gobpfman-peer call SOCKET    carries out calls: reads lines "METHOD JSON", answers each with one line of JSON
//	gobpfman-peer serve SOCKET   answers as bpfman's Go daemon does, without a kernel; ends with its standard input
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: gobpfman-peer call|serve SOCKET"))
	}
	switch socket := os.Args[2]; os.Args[1] {
	case "call":
		fail(call(socket, os.Stdin, os.Stdout))
	case "serve":
		fail(serve(socket, os.Stdin, os.Stdout))
	default:
		fail(fmt.Errorf("unknown word %q: call or serve", os.Args[1]))
	}
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "gobpfman-peer:", err)
		os.Exit(1)
	}
}
