#include "cli/print_form.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "cli/app.h"
#include "report/form.h"

namespace sdd::cli {
namespace {

std::optional<rules::Severity> severity_of_threshold(const std::string& threshold) {
  return threshold == "never" ? std::nullopt : workspace::severity_of(threshold);
}

void append_summary(const Session& session, const std::string& text) {
  const char* name = std::getenv("GITHUB_STEP_SUMMARY");
  if (name == nullptr || *name == '\0') return;
  std::FILE* file = std::fopen(name, "ae");
  bool written = file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  int error = written ? 0 : errno;
  if (file != nullptr && std::fclose(file) != 0 && written) {
    written = false;
    error = errno;
  }
  if (!written) {
    session.tell("sdd: " + system_error("write", name, error).message + " ($GITHUB_STEP_SUMMARY)");
  }
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
