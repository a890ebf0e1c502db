#include "report/fingerprint.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "base/strings.h"
#include "rules/rule.h"

namespace sdd::report {
namespace {

// `pointer` with a '-' for each list position.
std::string without_positions(std::string_view pointer) {
  std::string out;
  while (!pointer.empty()) {
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string_view step = pointer.substr(1, end - 1);
    out += '/';
    out += all_digits(step) ? "-" : step;
    pointer.remove_prefix(end);
  }
  return out;
}

// Where the quoted name that begins at `at` ends: at a quote that no letter or digit follows. npos
// when it does not end: it was an apostrophe.
std::size_t end_of_name(std::string_view message, std::size_t at) {
  for (std::size_t quote = message.find('\'', at + 1); quote != std::string_view::npos;
       quote = message.find('\'', quote + 1)) {
    const std::size_t next = quote + 1;
    const bool ends = next == message.size() || (message[next] & 0x80) != 0 ||
                      std::string_view(" ,;:.)]?!").find(message[next]) != std::string_view::npos;
    if (ends) return next;
  }
  return std::string_view::npos;
}

// The length of the date, or date and time, at `at`; 0 when there is none.
std::size_t date_length(std::string_view message, std::size_t at) {
  constexpr std::string_view kForm = "dddd-dd-dd";
  if (message.size() - at < kForm.size()) return 0;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    const char c = message[at + i];
    if (kForm[i] == 'd' ? c < '0' || c > '9' : c != '-') return 0;
  }
  std::size_t end = message.find_first_not_of("0123456789-+:.TZ", at);
  end = std::min(end, message.size());
  while (message[end - 1] == '.' || message[end - 1] == ':') --end;
  return end - at;
}

std::string names_in(std::string_view message) {
  std::string names;
  const auto add = [&](std::string_view name) {
    if (!names.empty()) names += ", ";
    names += name;
  };
  for (std::size_t at = 0; at < message.size();) {
    const bool begins_word =
        at == 0 || std::string_view(" ([").find(message[at - 1]) != std::string_view::npos;
    std::size_t end = at + 1;
    if (begins_word && message[at] == '\'') {
      const std::size_t stop = end_of_name(message, at);
      if (stop != std::string_view::npos) end = stop;
    } else if (begins_word) {
      end = at + std::max<std::size_t>(date_length(message, at), 1);
    }
    if (end > at + 1) add(message.substr(at, end - at));
    at = end;
  }
  return names;
}

}  // namespace

std::vector<Fingerprint> fingerprints(const std::string& file,
                                      const std::vector<Located>& findings) {
  std::map<Fingerprint, std::size_t> seen;
  std::vector<Fingerprint> prints;
  prints.reserve(findings.size());
  for (const Located& located : findings) {
    const rules::Finding& finding = located.finding;
    Fingerprint print;
    print.file = file;
    print.code = finding.rule->code;
    print.at = !finding.pointer.empty() ? without_positions(finding.pointer)
               : !finding.node.empty()  ? finding.node
                                        : located.entry;
    print.names = names_in(finding.message);
    print.nth = ++seen[print];
    prints.push_back(std::move(print));
  }
  return prints;
}

}  // namespace sdd::report
