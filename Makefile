.PHONY: run test bench chaos format

run: ## PostgreSQL, Camunda and Muster on this machine, with a demo
	mvn spring-boot:test-run

test: ## builds and passes every test
	mvn verify

bench: ## measures the local stack and prints the figures of docs/benchmarks.md
	mvn -Pbench verify

chaos: ## kills Muster, PostgreSQL and the broker under load and checks what survived, see docs/chaos.md
	mvn -Pchaos verify

format: ## formats the sources as the build checks them
	mvn spotless:apply
