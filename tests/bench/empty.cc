// The floor under every C++ program: what it costs to start and to end. `sdd_bench_empty` is linked
// with libstdc++ like any real C++ program; `sdd_bench_empty_bare` lets the linker drop it.
int main() { return 0; }
