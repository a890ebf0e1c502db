#include "text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace sdd::bench {
namespace {

using Words = std::array<std::string_view, 16>;

constexpr std::array<double, 9> kFractions{0, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 1};

struct Language {
  Words verbs;
  Words objects;
  Words details;
  Words joints;
};

constexpr Language kEnglish{
    {"Validate", "Reject", "Add", "Move", "Document", "Cover", "Split", "Replace", "Measure",
     "Restore", "Retry", "Expose", "Remove", "Harden", "Rename", "Check"},
    {"the signature of incoming callbacks", "expired upload sessions", "the ledger rounding",
     "pagination of the audit list", "the nightly export job", "stale cache entries",
     "the invoice number sequence", "role lookups", "the search index rebuild",
     "half-finished imports", "the rate limiter", "time zone handling", "the status endpoint",
     "orphaned attachments", "feature toggles", "the migration script"},
    {"for \"trial\" accounts", "on slow connections", "when the queue is full",
     "with two parallel writers", "behind the gateway", "in the read-only mode",
     "without changing stored rows", "after a restart", "for amounts below 0.01",
     "before the first request", "in every supported browser", "when the clock jumps",
     "under the new schema", "for archived projects", "during a rolling update",
     "if the header is missing"},
    {", and keep", ", then review", "; also cover", ", together with", "; do not touch",
     ", which needs", " and finally", ", measured against", "; blocked until now by", ", including",
     " as well as", ", because of", "; see also", ", in contrast to", ", starting with",
     " next to"}};

constexpr Language kRussian{
    {"Проверить", "Отклонить", "Добавить", "Перенести", "Описать", "Покрыть", "Разделить",
     "Заменить", "Измерить", "Восстановить", "Повторить", "Показать", "Удалить", "Усилить",
     "Переименовать", "Сверить"},
    {"подпись входящих запросов", "истёкшие сессии загрузки", "округление в журнале",
     "страницы списка событий", "ночную выгрузку", "устаревшие записи кэша", "номера счетов",
     "поиск ролей", "перестройку индекса", "незавершённый импорт", "ограничитель запросов",
     "часовые пояса", "страницу состояния", "потерянные вложения", "переключатели",
     "скрипт миграции"},
    {"для «пробных» учётных записей", "при медленной связи", "когда очередь полна",
     "при двух записях сразу", "за шлюзом", "в режиме чтения", "без правки строк",
     "после перезапуска", "для малых сумм", "до первого запроса", "во всех браузерах",
     "при скачке часов", "по новой схеме", "для архивных проектов", "во время обновления",
     "если заголовка нет"},
    {", сохранив", ", затем", "; также", ", вместе с этим", "; не трогая", ", для чего нужно",
     " и наконец", ", в сравнении с", "; до сих пор мешало", ", включая", " а также", ", из-за",
     "; смотри", ", в отличие от", ", начиная с", " рядом с"}};

constexpr Words kFolders{
    "src/billing",   "src/lib/apis",  "backend/app/routers", "backend/app/models",
    "src/routes/ui", "cypress/e2e",   "scripts/release",     "docs/operations",
    "src/queue",     "backend/tests", "src/lib/stores",      "deploy/compose",
    "src/audit",     "src/search",    "backend/app/tasks",   "src/import"};
constexpr Words kStems{"ledger",  "wallet_sync", "callback", "export_job", "rate_limit", "session",
                       "invoice", "roles",       "index",    "importer",   "status",     "timezone",
                       "attach",  "toggles",     "audit",    "migration"};
constexpr std::array<std::string_view, 6> kEndings{".ts", ".py", ".svelte", ".sh", ".yml", ".md"};
constexpr Words kSlugWords{"ledger",  "wallet", "callback", "export", "limits", "session",
                           "invoice", "roles",  "search",   "import", "status", "timezone",
                           "uploads", "toggle", "audit",    "schema"};
constexpr std::array<std::string_view, 6> kOwners{"maria", "jon.k",        "ci-bot",
                                                  "dev",   "team-billing", "s.ivanova"};

constexpr std::size_t kPiece = 24;     // the usual length of an object or a detail
constexpr std::size_t kShortest = 24;  // a title below it is two words

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

}  // namespace

double quantile(const Quantiles& table, double fraction) {
  const auto above = std::lower_bound(kFractions.begin() + 1, kFractions.end() - 1, fraction);
  const auto index = static_cast<std::size_t>(above - kFractions.begin());
  const double width = kFractions[index] - kFractions[index - 1];
  const double share = (fraction - kFractions[index - 1]) / width;
  return table[index - 1] + share * (table[index] - table[index - 1]);
}

std::size_t draw_length(Random& random, const Quantiles& table) {
  return static_cast<std::size_t>(quantile(table, random.fraction()));
}

std::string Prose::phrase(Random& random, std::size_t length) const {
  const Language& language = random.chance(russian_percent_) ? kRussian : kEnglish;
  std::string text(random.pick(language.verbs));
  if (length < kShortest) return text.append(" ").append(random.pick(kSlugWords));
  while (true) {
    text.append(" ").append(random.pick(language.objects));
    if (count_characters(text) + kPiece / 2 > length) return text;
    text.append(" ").append(random.pick(language.details));
    if (count_characters(text) + kPiece > length) return text;
    text.append(random.pick(language.joints));
  }
}

std::string Prose::sentence(Random& random, std::size_t length) const {
  return phrase(random, length) + ".";
}

// Chained appends, not one format call: the order in which arguments are evaluated is the
// compiler's, and the same seed must give the same bytes with each of them.
std::string file_path(Random& random) {
  std::string path(random.pick(kFolders));
  path.append("/").append(random.pick(kStems)).append("_").append(random.pick(kStems));
  return path.append(random.pick(kEndings));
}

std::string command(Random& random, std::size_t length) {
  std::string text;
  do {
    if (!text.empty()) text += " && ";
    const std::string path = file_path(random);
    const std::string_view stem = random.pick(kStems);
    switch (random.below(4)) {
      case 0:
        text += fmt::format("npm run test:unit -- {}", path);
        break;
      case 1:
        text += fmt::format("pytest {} -k \"{} and not slow\" -q", path, stem);
        break;
      case 2:
        text += fmt::format("rg -n \"{}\\.open\\(\" {}", stem, path);
        break;
      default:
        text += fmt::format("bash {} --dry-run", path);
    }
  } while (text.size() + 20 < length);
  return text;
}

std::string slug(Random& random) {
  std::string words(random.pick(kSlugWords));
  words.append("-").append(random.pick(kSlugWords)).append("-").append(random.pick(kSlugWords));
  return words;
}

std::string owner(Random& random) { return std::string(random.pick(kOwners)); }

}  // namespace sdd::bench
