// CoreDNS with the few plugins that tests of names need: its own server and protocol code, without the clients of clouds and clusters.
package main

import (
	_ "github.com/coredns/coredns/plugin/bind"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/hosts"

	"github.com/coredns/coredns/coremain"
)

func main() {
	coremain.Run()
}
