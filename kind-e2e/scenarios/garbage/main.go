// garbage sends what nobody should: broken ARP and NDP frames, or broken BGP to whoever calls. The same bytes in each run.
//
//	garbage frames INTERFACE DESTINATION-MAC COUNT    to one host of the segment; half of them are pure noise
//	garbage bgp ADDRESS                               listens there (port 179), prints a line for each connection, until it is ended
package main

import (
	"encoding/binary"
	"fmt"
	"math/rand"
	"net"
	"os"
	"strconv"
	"syscall"
	"time"
)

func main() {
	var err error
	switch {
	case len(os.Args) == 5 && os.Args[1] == "frames":
		err = frames(os.Args[2], os.Args[3], os.Args[4])
	case len(os.Args) == 3 && os.Args[1] == "bgp":
		err = bgp(os.Args[2])
	default:
		err = fmt.Errorf("usage: garbage frames INTERFACE MAC COUNT | garbage bgp ADDRESS")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "garbage:", err)
		os.Exit(1)
	}
}

const (
	etherARP  = 0x0806
	etherIPv6 = 0x86dd
	icmpv6    = 58
	solicit   = 135
)

func frames(name, mac, times string) error {
	link, err := net.InterfaceByName(name)
	if err != nil {
		return err
	}
	to, err := net.ParseMAC(mac)
	if err != nil {
		return err
	}
	count, err := strconv.Atoi(times)
	if err != nil {
		return err
	}
	socket, err := syscall.Socket(syscall.AF_PACKET, syscall.SOCK_RAW, 0)
	if err != nil {
		return err
	}
	random := rand.New(rand.NewSource(1))
	address := syscall.SockaddrLinklayer{Ifindex: link.Index, Halen: 6}
	for i := range count {
		if err := syscall.Sendto(socket, frame(random, i, to, link.HardwareAddr), 0, &address); err != nil {
			return err
		}
		if i%20 == 19 {
			time.Sleep(time.Millisecond)
		}
	}
	fmt.Println("sent", count)
	return nil
}

func frame(random *rand.Rand, i int, to, from net.HardwareAddr) []byte {
	body := make([]byte, random.Intn(200))
	random.Read(body)
	ether := uint16(etherARP)
	if i%2 == 1 {
		ether = etherIPv6
	}
	switch i % 4 {
	case 2: // ARP for Ethernet and IPv4, as far as its first six bytes go
		copy(body, []byte{0, 1, 8, 0, 6, 4})
	case 3: // a neighbour solicitation whose length, checksum and options are noise
		head := make([]byte, 48)
		random.Read(head)
		head[0], head[6], head[7], head[40] = 0x60, icmpv6, 255, solicit
		binary.BigEndian.PutUint16(head[4:], uint16(len(body)+8))
		body = append(head, body...)
	}
	head := append(append([]byte{}, to...), from...)
	return append(binary.BigEndian.AppendUint16(head, ether), body...)
}

func bgp(address string) error {
	listener, err := net.Listen("tcp", net.JoinHostPort(address, "179"))
	if err != nil {
		return err
	}
	fmt.Println("listening")
	for i := 0; ; i++ {
		connection, err := listener.Accept()
		if err != nil {
			return err
		}
		fmt.Println("connection", i, "from", connection.RemoteAddr())
		go talk(connection, i)
	}
}

func talk(connection net.Conn, i int) {
	defer connection.Close()
	random := rand.New(rand.NewSource(int64(i)))
	noise := make([]byte, 1<<20)
	random.Read(noise)
	connection.SetDeadline(time.Now().Add(5 * time.Second))
	switch i % 4 {
	case 0:
	case 1: // opens as it should, says that it lives, and then noise
		connection.Write(open())
		connection.Write(message(4, nil))
	case 2: // a message of the greatest length that the field can say
		connection.Write(append(marker(), 0xff, 0xff, 2))
	case 3: // opens, then an UPDATE whose inner lengths say more than there is
		connection.Write(open())
		connection.Write(message(4, nil))
		connection.Write(message(2, []byte{0xff, 0xff, 0xff, 0xff, 0x90, 14, 0xff, 0xff}))
	}
	if i%4 != 3 {
		connection.Write(noise)
	}
	// Until the other side ends it.
	connection.Read(make([]byte, 1))
	for {
		if _, err := connection.Read(noise); err != nil {
			return
		}
	}
}

func marker() []byte {
	all := make([]byte, 16)
	for i := range all {
		all[i] = 0xff
	}
	return all
}

func message(kind byte, body []byte) []byte {
	head := binary.BigEndian.AppendUint16(marker(), uint16(19+len(body)))
	return append(append(head, kind), body...)
}

// open is of AS 64512, hold time 9 s, without any option.
func open() []byte {
	return message(1, []byte{4, 0xfc, 0, 0, 9, 192, 168, 50, 100, 0})
}
