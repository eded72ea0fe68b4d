// Command echo answers by HTTP, UDP and TCP and says in every answer which node and which Pod gave it.
//
//	HTTP :8080  GET anything -> "node=N pod=P client=A"
//	UDP  :8080  a datagram   -> the same bytes, then " N P"
//	TCP  :8081  "<seq>\n"    -> "<seq> N P\n", as often as the client likes
//
// N and P are the environment variables NODE_NAME and POD_NAME. On SIGTERM it goes on serving for LINGER (a duration, 2s unless told),
// as a well-behaved Pod does while the rest of the cluster learns that it is going, and then exits with 0.
package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	log.SetFlags(log.LstdFlags | log.Lmicroseconds | log.LUTC)
	linger := 2 * time.Second
	if text := os.Getenv("LINGER"); text != "" {
		parsed, err := time.ParseDuration(text)
		if err != nil {
			log.Fatalf("LINGER: %v", err)
		}
		linger = parsed
	}
	node, pod := os.Getenv("NODE_NAME"), os.Getenv("POD_NAME")
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)

	// All three listen before any serves: whoever gets an HTTP answer (a readiness probe) may count on the others.
	web, err := net.Listen("tcp", ":8080")
	check(err)
	lines, err := net.Listen("tcp", ":8081")
	check(err)
	packets, err := net.ListenPacket("udp", ":8080")
	check(err)
	go serveUDP(packets, node, pod)
	go serveLines(lines, node, pod)
	go serveHTTP(web, node, pod)
	log.Printf("serving node=%s pod=%s linger=%s", node, pod, linger)

	got := <-stop
	log.Printf("got %v, serving %s more", got, linger)
	time.Sleep(linger)
}

func serveHTTP(listener net.Listener, node, pod string) {
	server := &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			client, _, err := net.SplitHostPort(r.RemoteAddr)
			if err != nil {
				client = r.RemoteAddr
			}
			fmt.Fprintf(w, "node=%s pod=%s client=%s\n", node, pod, client)
		}),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       time.Minute,
	}
	check(server.Serve(listener))
}

func serveUDP(socket net.PacketConn, node, pod string) {
	suffix := []byte(" " + node + " " + pod)
	buffer := make([]byte, 65536)
	for {
		n, from, err := socket.ReadFrom(buffer)
		check(err)
		answer := append(buffer[:n:n], suffix...)
		if _, err := socket.WriteTo(answer, from); err != nil {
			log.Printf("udp answer to %s: %v", from, err)
		}
	}
}

func serveLines(listener net.Listener, node, pod string) {
	for {
		connection, err := listener.Accept()
		check(err)
		go func() {
			defer connection.Close()
			// A line is a sequence number; a scanner ends the connection at one of 64 KiB.
			for scanner := bufio.NewScanner(connection); scanner.Scan(); {
				if _, err := fmt.Fprintf(connection, "%s %s %s\n", scanner.Bytes(), node, pod); err != nil {
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
