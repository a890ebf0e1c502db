// Linked into sanitized programs: leaks that libgit2 1.5 has, and that are none of ours. It gives
// back neither what its search for a regular expression took when nothing matched, nor what it read
// of a shallow clone.

// NOLINTBEGIN: LeakSanitizer asks for these names
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_options();
// NOLINTEND

extern "C" const char* __lsan_default_suppressions() {
  return "leak:libgit2.so\nleak:libpcre2-8.so\n";
}

extern "C" const char* __lsan_default_options() { return "print_suppressions=0"; }
