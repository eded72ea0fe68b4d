// echo answers like the lab's echo Pods, but from outside of the nodes, and names the node that the request came through: the one that owned the
// address at that moment. So a figure is about the address alone, and no Pod dies with the node that is broken.
//
//	echo ADDRESS=NAME...    which address of whom is which node; answers from any other address say "?"
//
//	UDP :8080  a datagram   -> the same bytes, then " NODE bench"
//	TCP :8081  "<seq>\n"    -> "<seq> NODE bench\n"
package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
	"net/netip"
	"os"
	"strings"
)

func main() {
	nodes := map[netip.Addr]string{}
	for _, word := range os.Args[1:] {
		address, name, _ := strings.Cut(word, "=")
		nodes[netip.MustParseAddr(address)] = name
	}
	name := func(from netip.Addr) string {
		if node, known := nodes[from.Unmap()]; known {
			return node
		}
		return "?"
	}
	packets, err := net.ListenUDP("udp", &net.UDPAddr{Port: 8080})
	check(err)
	lines, err := net.Listen("tcp", ":8081")
	check(err)
	fmt.Println("serving")
	go serveLines(lines, name)
	buffer := make([]byte, 65536)
	for {
		n, from, err := packets.ReadFromUDPAddrPort(buffer)
		check(err)
		answer := append(append(buffer[:n:n], ' '), name(from.Addr())+" bench"...)
		// A node that is gone is no reason to stop.
		if _, err := packets.WriteToUDPAddrPort(answer, from); err != nil {
			log.Printf("to %s: %v", from, err)
		}
	}
}

func serveLines(listener net.Listener, name func(netip.Addr) string) {
	for {
		connection, err := listener.Accept()
		check(err)
		go func() {
			defer connection.Close()
			from := netip.MustParseAddrPort(connection.RemoteAddr().String()).Addr()
			for scanner := bufio.NewScanner(connection); scanner.Scan(); {
				if _, err := fmt.Fprintf(connection, "%s %s bench\n", scanner.Bytes(), name(from)); err != nil {
					return
				}
			}
		}()
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
