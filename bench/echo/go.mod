module clarion.dev/bench/echo

go 1.26.0
