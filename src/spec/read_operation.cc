#include "spec/read_operation.h"

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/strings.h"

namespace sdd::spec {
namespace {

using Texts = std::vector<std::string>;

// The members of one operation; what is asked for is known, what is left over is a fault.
class Fields {
 public:
  explicit Fields(json::Value object) : object_(object) {}

  std::string required(const char* name) {
    auto text = optional(name);
    if (!text) fault(fmt::format("{} is missing", quote(name)));
    return text.value_or("");
  }

  std::optional<std::string> optional(const char* name) {
    const json::Value value = take(name);
    if (!value) return std::nullopt;
    if (!value.is_string()) fault(fmt::format("{} must be a text", quote(name)));
    return std::string(value.string());
  }

  bool flag(const char* name) {
    const json::Value value = take(name);
    if (value && !value.boolean()) fault(fmt::format("{} must be true or false", quote(name)));
    return value && value.boolean().value_or(false);
  }

  std::optional<Texts> texts(const char* name) {
    const json::Value value = take(name);
    if (!value) return std::nullopt;
    Texts texts;
    for (const json::Value element : value.elements()) texts.emplace_back(element.string());
    const auto elements = value.elements();
    const bool all_texts = std::all_of(elements.begin(), elements.end(),
                                       [](json::Value element) { return element.is_string(); });
    if (!value.is_array() || !all_texts)
      fault(fmt::format("{} must be a list of texts", quote(name)));
    return texts;
  }

  std::string any(const char* name) {
    const json::Value value = take(name);
    if (!value) fault(fmt::format("{} is missing", quote(name)));
    return value ? std::string(value.raw()) : "null";
  }

  Status status(const char* name) {
    const std::string word = required(name);
    const auto known = spec::status(word);
    if (!known) fault(fmt::format("there is no status {}", quote(word)));
    return known.value_or(Status::kPending);
  }

  void fault(std::string message) {
    if (!error_) error_ = Error{ErrorKind::kUsage, std::move(message), {}};
  }

  Result<Operation> finish(Operation operation) {
    for (const json::Member member : object_.members()) {
      const std::string key = with_dashes(member.key.string());
      if (error_ || key == "op" || std::find(known_.begin(), known_.end(), key) != known_.end()) {
        continue;
      }
      const std::vector<std::string_view> names(known_.begin(), known_.end());
      error_ = Error{ErrorKind::kUsage, "there is no key " + quote(member.key.string()),
                     nearest(key, names)};
    }
    if (error_) return tl::unexpected(*error_);
    return operation;
  }

 private:
  static std::string with_dashes(std::string_view key) {
    std::string text(key);
    std::replace(text.begin(), text.end(), '_', '-');
    return text;
  }

  json::Value take(const char* name) {
    known_.emplace_back(name);
    json::Value found;
    for (const json::Member member : object_.members()) {
      if (with_dashes(member.key.string()) == name) found = member.value;
    }
    return found;
  }

  json::Value object_;
  std::vector<std::string> known_;
  std::optional<Error> error_;
};

Operation complete_task(Fields& in) {
  CompleteTask wish{in.required("task"), in.optional("note"), in.optional("journal-title"),
                    in.optional("journal-content")};
  wish.entry_type = in.optional("entry-type").value_or(wish.entry_type);
  wish.bump = in.optional("bump");
  wish.version = in.optional("version");
  return wish;
}

Operation mark_blocked(Fields& in) {
  MarkBlocked wish{in.required("task"), in.required("reason")};
  wish.type = in.optional("type").value_or(wish.type);
  wish.ticket = in.optional("ticket");
  return wish;
}

Operation add_journal(Fields& in) {
  AddJournal wish{in.required("title"), in.required("content"), in.optional("task-id")};
  wish.entry_type = in.optional("entry-type").value_or(wish.entry_type);
  wish.force = in.flag("force");
  return wish;
}

Operation add_task(Fields& in) {
  AddTask wish{in.required("parent"), in.required("title")};
  wish.type = in.optional("type").value_or(wish.type);
  wish.file_path = in.optional("file-path");
  wish.category = in.optional("category");
  wish.description = in.optional("description");
  return wish;
}

struct Named {
  const char* name;
  Operation (*read)(Fields& in);
};

// In the order of contract and help.
constexpr Named kOperations[] = {
    {"update-status",
     [](Fields& in) -> Operation {
       return UpdateStatus{in.required("task"), in.status("status"), in.optional("note")};
     }},
    {"complete-task", complete_task},
    {"mark-blocked", mark_blocked},
    {"unblock-task",
     [](Fields& in) -> Operation {
       return UnblockTask{in.required("task"), in.optional("resolution")};
     }},
    {"add-journal", add_journal},
    {"bulk-journal", [](Fields& in) -> Operation { return BulkJournal{in.texts("tasks")}; }},
    {"add-revision",
     [](Fields& in) -> Operation {
       return AddRevision{in.required("version"), in.required("changes")};
     }},
    {"add-assumption", [](Fields& in) -> Operation { return AddAssumption{in.required("text")}; }},
    {"add-verification",
     [](Fields& in) -> Operation {
       return AddVerification{in.required("verify"), in.required("result"), in.optional("command"),
                              in.optional("output"), in.optional("issues"), in.optional("notes")};
     }},
    {"sync-metadata", [](Fields&) -> Operation { return SyncMetadata{}; }},
    {"add-task", add_task},
    {"set-metadata",
     [](Fields& in) -> Operation {
       return SetMetadata{in.required("node"), in.required("key"), in.any("value")};
     }},
};

}  // namespace

Result<Operation> read_operation(json::Value value) {
  if (!value.is_object()) {
    return fail(ErrorKind::kUsage, fmt::format("an operation is an object, this is {}",
                                               json::kind_name(value.kind())));
  }
  const json::Value op = value.find("op");
  if (!op.is_string()) return fail(ErrorKind::kUsage, "'op' is missing, or is no text");
  for (const Named& named : kOperations) {
    if (op.string() != named.name) continue;
    Fields fields(value);
    Operation operation = named.read(fields);
    return fields.finish(std::move(operation));
  }
  std::vector<std::string_view> names;
  for (const Named& named : kOperations) names.emplace_back(named.name);
  return fail(ErrorKind::kUsage, fmt::format("there is no operation {} here", quote(op.string())),
              nearest(op.string(), names));
}

}  // namespace sdd::spec
