# What `cmake --install` puts where, and the Debian package that CPack makes of it (scripts/package).
#
#   bin/sdd
#   lib/sdd/sdd_git.so              beside bin/, where src/git/load.cc looks: not in a folder of the
#                                   architecture, so that a tree may be moved as a whole
#   share/man/man1/sdd.1.gz         these four are written by the program itself
#   share/bash-completion/completions/sdd
#   share/zsh/vendor-completions/_sdd
#   share/fish/vendor_completions.d/sdd.fish
#   share/doc/sdd/                  README, CHANGELOG, LICENSE (as copyright), docs/
#   share/sdd/hooks/                the git hooks, and templates for CI

# A sanitizer's build is for tests; what it is asked to print at build time would be checked, too.
if(NOT SDD_SANITIZE)
  find_program(SDD_GZIP gzip REQUIRED)
  set(pages ${CMAKE_BINARY_DIR}/pages)
  file(MAKE_DIRECTORY ${pages})
  add_custom_command(
    OUTPUT ${pages}/sdd.1.gz ${pages}/sdd ${pages}/_sdd ${pages}/sdd.fish
    COMMAND sdd man > ${pages}/sdd.1
    COMMAND ${SDD_GZIP} -9nf ${pages}/sdd.1
    COMMAND sdd completions bash > ${pages}/sdd
    COMMAND sdd completions zsh > ${pages}/_sdd
    COMMAND sdd completions fish > ${pages}/sdd.fish
    DEPENDS sdd)
  add_custom_target(sdd_pages ALL DEPENDS ${pages}/sdd.1.gz)
  install(FILES ${pages}/sdd.1.gz DESTINATION share/man/man1)
  install(FILES ${pages}/sdd DESTINATION share/bash-completion/completions)
  install(FILES ${pages}/_sdd DESTINATION share/zsh/vendor-completions)
  install(FILES ${pages}/sdd.fish DESTINATION share/fish/vendor_completions.d)
endif()
install(TARGETS sdd RUNTIME DESTINATION bin)
install(TARGETS sdd_git LIBRARY DESTINATION lib/sdd)
install(FILES README.md CHANGELOG.md DESTINATION share/doc/sdd)
install(FILES LICENSE DESTINATION share/doc/sdd RENAME copyright)
install(DIRECTORY docs DESTINATION share/doc/sdd)
if(EXISTS ${CMAKE_SOURCE_DIR}/hooks)
  install(DIRECTORY hooks DESTINATION share/sdd USE_SOURCE_PERMISSIONS)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME sdd)
set(CPACK_PACKAGE_VENDOR "The sdd authors")
set(CPACK_PACKAGE_CONTACT "The sdd authors <sdd@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "guards the files of spec-driven development")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
  "Finds what is damaged, contradictory or missing in specs (JSON) and memory bank
 (Markdown), which people, scripts and agents write at the same time; changes
 them under a lock, merges, repairs; for terminals, git hooks and CI.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS git)
include(CPack)
