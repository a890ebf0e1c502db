#include "cli/print_form.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "cli/app.h"
#include "report/form.h"

namespace sdd::cli {
namespace {

std::optional<rules::Severity> severity_of_threshold(const std::string& threshold) {
  return threshold == "never" ? std::nullopt : workspace::severity_of(threshold);
}

// All of `text` at the end of the file, which need not exist. Returns an errno value, 0 for done.
int append_to(const char* name, std::string_view text) {
  const int file = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file < 0) return errno;
  int error = 0;
  while (!text.empty() && error == 0) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      error = errno;
    }
  }
  if (close(file) != 0 && error == 0) error = errno;
  return error;
}

void append_summary(const Session& session, const std::string& text) {
  const char* name = std::getenv("GITHUB_STEP_SUMMARY");
  if (name == nullptr || *name == '\0') return;
  const int error = append_to(name, text);
  if (error == 0) return;
  session.tell("sdd: " + system_error("write", name, error).message + " ($GITHUB_STEP_SUMMARY)");
}

}  // namespace

Result<void> print_form(const Session& session, const SpecRun& run,
                        const std::string& default_threshold) {
  const report::Form& form = *session.form();
  const report::FormRun shown{run.reports, version(), session.layout(),
                              severity_of_threshold(threshold_of(run, default_threshold))};
  const std::string text = form.write(shown);
  if (form.write_summary != nullptr) append_summary(session, form.write_summary(shown));
  return session.print(text);
}

}  // namespace sdd::cli
