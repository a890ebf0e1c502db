#include "fault.h"

#include <utility>

namespace sdd::bench {
namespace {

Value& random_node(Random& random, Value& document) {
  std::vector<Value>& nodes = document.find("hierarchy")->items;
  return nodes[random.below(nodes.size())];
}

void miscount(Value& count, bool upward) {
  const auto number = std::stoul(count.spelling);
  count.spelling = std::to_string(upward ? number + 1 : number - 1);
}

std::string truncate(Random& random, std::string& bytes) {
  bytes.resize(random.between(bytes.size() / 4, bytes.size() - 8));
  return "SDD002";
}

std::string leave_tail(Random& random, std::string& bytes) {
  bytes += bytes.substr(bytes.size() - random.between(40, bytes.size() / 2));
  return "SDD003";
}

// Takes an entry that a completed node says it has. Without a journal there is none to take.
bool lose_entry(Random& random, Value& document) {
  Value* const journal = document.find("journal");
  if (journal == nullptr) return false;
  const std::size_t first = random.below(journal->items.size());
  for (std::size_t step = 0; step < journal->items.size(); ++step) {
    const std::size_t index = (first + step) % journal->items.size();
    Value& entry = journal->items[index];
    if (entry.find("entry_type")->spelling != "status_change") continue;
    journal->items.erase(journal->items.begin() + static_cast<std::ptrdiff_t>(index));
    return true;
  }
  return false;
}

std::string change_node(Random& random, Value& document) {
  Value& node = random_node(random, document);
  switch (random.below(5)) {
    case 0:
      miscount(*node.find("total_tasks"), true);
      return "SDD301";
    case 1:
      // More than all would be another fault, SDD303.
      miscount(*node.find("completed_tasks"), node.find("completed_tasks")->spelling == "0");
      return "SDD302";
    case 2:
      node.find("children")->items.push_back(Value::text("task-99-9"));
      return "SDD204";
    case 3:
      node.find("status")->spelling = "done";
      return "SDD210";
    default:
      node.remove("title");
      return "SDD208";
  }
}

}  // namespace

std::string add_fault(Random& random, Value& document, const Style& style, std::string& bytes) {
  const std::size_t kind = random.below(10);
  if (kind == 0) return truncate(random, bytes);
  if (kind == 1) return leave_tail(random, bytes);
  std::string code;
  if (kind == 2) {
    document.find("last_updated")->spelling = "yesterday";
    code = "SDD112";
  } else if (kind < 5 && lose_entry(random, document)) {
    code = "SDD402";
  } else {
    code = change_node(random, document);
  }
  bytes = write(document, style);
  return code;
}

}  // namespace sdd::bench
