module clarion.dev/scenarios/garbage

go 1.26.0
