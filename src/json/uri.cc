#include "json/uri.h"

#include <algorithm>
#include <cctype>

namespace sdd::json {
namespace {

// scheme ":" ["//" authority] path ["?" query]; the separators stay with their parts.
struct Parts {
  std::string_view scheme;     // "http:" or ""
  std::string_view authority;  // "//example.com" or ""
  std::string_view path;
  std::string_view query;  // "?a=b" or ""
};

Parts split(std::string_view text) {
  Parts parts;
  const std::size_t colon = text.find_first_of(":/?");
  if (colon != std::string_view::npos && colon > 0 && text[colon] == ':') {
    parts.scheme = text.substr(0, colon + 1);
    text.remove_prefix(colon + 1);
  }
  if (text.starts_with("//")) {
    const std::size_t end = std::min(text.find_first_of("/?", 2), text.size());
    parts.authority = text.substr(0, end);
    text.remove_prefix(end);
  }
  const std::size_t query = std::min(text.find('?'), text.size());
  parts.path = text.substr(0, query);
  parts.query = text.substr(query);
  return parts;
}

// RFC 3986, 5.2.4.
std::string remove_dot_segments(std::string_view path) {
  std::string out;
  const auto drop_last = [&out] {
    out.resize(out.rfind('/') == std::string::npos ? 0 : out.rfind('/'));
  };
  while (!path.empty()) {
    if (path.starts_with("../")) {
      path.remove_prefix(3);
    } else if (path.starts_with("./") || path.starts_with("/./")) {
      path.remove_prefix(2);
    } else if (path == "/.") {
      path = "/";
    } else if (path.starts_with("/../")) {
      path.remove_prefix(3);
      drop_last();
    } else if (path == "/..") {
      path = "/";
      drop_last();
    } else if (path == "." || path == "..") {
      path = {};
    } else {
      const std::size_t end = std::min(path.find('/', 1), path.size());
      out += path.substr(0, end);
      path.remove_prefix(end);
    }
  }
  return out;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const int lower = std::tolower(static_cast<unsigned char>(c));
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                        hex_digit(text[i + 2]) >= 0;
    if (!escape) {
      out.push_back(text[i]);
      continue;
    }
    out.push_back(static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])));
    i += 2;
  }
  return out;
}

std::string join(std::string_view scheme, std::string_view authority, std::string_view path,
                 std::string_view query) {
  std::string out(scheme);
  out.append(authority).append(path).append(query);
  return out;
}

std::string merged_path(const Parts& base, std::string_view path) {
  if (path.starts_with('/')) return remove_dot_segments(path);
  if (!base.authority.empty() && base.path.empty()) {
    return remove_dot_segments(join("/", path, "", ""));
  }
  const std::size_t last = base.path.rfind('/');
  std::string merged(base.path.substr(0, last == std::string_view::npos ? 0 : last + 1));
  merged += path;
  return remove_dot_segments(merged);
}

}  // namespace

Uri resolve_uri(std::string_view base, std::string_view reference) {
  const std::size_t hash = std::min(reference.find('#'), reference.size());
  Uri uri;
  if (hash < reference.size()) uri.fragment = percent_decoded(reference.substr(hash + 1));
  const Parts from = split(base);
  const Parts to = split(reference.substr(0, hash));
  if (!to.scheme.empty()) {
    // "urn:a" and "file:x" have no folders: their paths stay as they are.
    const bool rooted = to.path.starts_with('/');
    uri.whole = join(to.scheme, to.authority,
                     rooted ? remove_dot_segments(to.path) : std::string(to.path), to.query);
  } else if (!to.authority.empty()) {
    uri.whole = join(from.scheme, to.authority, remove_dot_segments(to.path), to.query);
  } else if (to.path.empty()) {
    uri.whole =
        join(from.scheme, from.authority, from.path, to.query.empty() ? from.query : to.query);
  } else {
    uri.whole = join(from.scheme, from.authority, merged_path(from, to.path), to.query);
  }
  return uri;
}

}  // namespace sdd::json
